import { formatCount, formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import {
  type Hit,
  type Mark,
  type Panel,
  type Pen,
  type Room,
  textMark,
} from "../../kernel/mulan/figures/contractReportLook.ts";
import type { ClipSection, ListedClip } from "./views/view.ts";

/** What is going on with a clip. */
export type LookOf = (clip: string | null) => {
  readonly selected: boolean;
  readonly playing: boolean;
};

const pitch = 24;
const headHeight = 24;
const lineHeight = 18;
const sectionGap = 8;
const scoreRoom = 48;
const mostLines = 4;

/** Lists of clips under their titles; each clip can be pressed ("clip", counted through all lists). */
export function drawClips(
  pen: Pen,
  sections: readonly ClipSection[],
  room: Room,
  lookOf: LookOf,
): Panel {
  const { left, top, width } = room;
  const marks: Mark[] = [];
  const hits: Hit[] = [];
  let y = top;
  for (const { title, clips, empty } of sections) {
    marks.push(
      textMark(left, y + 14, pen.fit(title, width, 11), { size: 11, color: pen.ink.quiet }),
    );
    y += headHeight;
    if (clips.length === 0 && empty !== "") {
      marks.push(textMark(left, y + 14, pen.fit(empty, width, 13), { color: pen.ink.quiet }));
      y += pitch;
    }
    for (const clip of clips) {
      const row = drawClip(pen, clip, { left, top: y, width }, lookOf(clip.clip));
      marks.push(...row.marks);
      const index = hits.length;
      hits.push({ part: "clip", index, x: left, y, width, height: row.height });
      y += row.height;
    }
    y += sectionGap;
  }
  return { marks, hits, height: Math.max(0, y - top - sectionGap) };
}

function drawClip(
  pen: Pen,
  { clip, label, place, score, mark, note }: ListedClip,
  { left, top, width }: Room,
  { selected, playing }: ReturnType<LookOf>,
): Panel {
  const { ink } = pen;
  const base = top + 16;
  const marks: Mark[] = [];
  const isText = clip === null;
  const color = selected ? ink.accent : ink.text;
  let x = left;
  if (!isText) {
    const sign = playing ? "▶" : selected ? "●" : "♪";
    marks.push(textMark(x, base, sign, { color: playing || selected ? color : ink.quiet }));
  }
  x += 18;
  if (place !== undefined) {
    const shown = formatCount(place);
    x += Math.max(22, pen.measure(shown, 11) + 2);
    marks.push(textMark(x, base, shown, { size: 11, color: ink.quiet, anchor: "end" }));
    x += 6;
    // Room for the check mark, whether there is one or not: names stand in one column.
    if (mark === "right") {
      marks.push(textMark(x, base, "✓", { color: ink.right, weight: 600 }));
    }
    x += 16;
  }
  if (score !== null) {
    const shown = formatFixed(score, 3);
    marks.push(textMark(left + width, base, shown, { anchor: "end", color: ink.text }));
  }
  const room = left + width - scoreRoom - x;
  const weight = playing || selected ? 600 : 400;
  const lines = isText ? wrapped(pen, label, room) : [];
  if (lines.length > 1) {
    lines.forEach((each, i) => {
      marks.push(textMark(x, base + i * lineHeight, each, { color }));
    });
    return { marks, hits: [], height: pitch + (lines.length - 1) * lineHeight };
  }
  const noteRoom = note === "" ? 0 : Math.min(room * 0.45, pen.measure(note, 11));
  const name = pen.fit(label, room - noteRoom - (noteRoom > 0 ? 12 : 0), 13, weight);
  marks.push(textMark(x, base, name, { color, weight }));
  if (noteRoom > 0) {
    const shown = pen.fit(note, noteRoom, 11);
    marks.push(
      textMark(left + width - scoreRoom, base, shown, {
        size: 11,
        color: ink.quiet,
        anchor: "end",
      }),
    );
  }
  return { marks, hits: [], height: pitch };
}

function wrapped(pen: Pen, text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    const fits = pen.measure(longer, 13) <= room || lines.length === mostLines;
    if (last !== undefined && fits) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((each) => pen.fit(each, room, 13));
}
