import type { JudgedTriplet } from "../contractReport.ts";
import { formatMargin } from "../scale/numbers.ts";
import { type Mark, text, tickSize } from "../scene/scene.ts";
import type { Hit, Panel, Pen, Room } from "./pen.ts";

const columnGap = 16;
const signRoom = 20;
const marginRoom = 56;
/** Below this three names side by side are no longer names: the anchor stands for its triplet. */
const threeFrom = 360;

export interface TripletList {
  readonly pitch?: number;
  /** Draws this one alone, at the top, in the columns of all. */
  readonly only?: number;
}

/** Right or wrong by sign and colour, the three members and the margin; one line a triplet. */
export function drawTripletRows(
  pen: Pen,
  rows: readonly JudgedTriplet[],
  room: Room,
  { pitch = 24, only }: TripletList = {},
): Panel {
  const { ink } = pen;
  const { left, top, width } = room;
  const widths = memberWidths(pen, rows, width - signRoom - marginRoom - 2 * columnGap);
  const marks: Mark[] = [];
  const hits: Hit[] = [];
  const drawn = only === undefined ? rows : [rows[only]!];
  drawn.forEach((row, i) => {
    const y = top + (i + 0.5) * pitch;
    const right = row.margin > 0;
    const color = right ? ink.right : ink.wrong;
    marks.push(signMark(right, left + 7, y, color));
    let x = left + signRoom;
    [row.anchor, row.positive, row.negative].forEach((member, k) => {
      if (widths[k] === 0) return;
      const note = row.clips[k as 0 | 1 | 2] === null ? "" : "♪ ";
      marks.push(text(x, y + 4.5, pen.fit(note + member, widths[k]!, 13), { color: ink.text }));
      x += widths[k]! + columnGap;
    });
    const style = { anchor: "end", color, weight: right ? 400 : 600 } as const;
    marks.push(text(left + width, y + 4.5, formatMargin(row.margin), style));
    hits.push({ part: "row", index: i, x: left, y: y - pitch / 2, width, height: pitch });
  });
  return { marks, hits, height: drawn.length * pitch };
}

export function drawTripletHead(pen: Pen, rows: readonly JudgedTriplet[], room: Room): Panel {
  const { left, top, width } = room;
  const widths = memberWidths(pen, rows, width - signRoom - marginRoom - 2 * columnGap);
  const quiet = { size: tickSize, color: pen.ink.quiet } as const;
  let x = left + signRoom;
  const marks: Mark[] = ["anchor", "positive", "negative"].flatMap((name, k) => {
    if (widths[k] === 0) return [];
    const mark = text(x, top + 12, pen.fit(name, widths[k]!, tickSize), quiet);
    x += widths[k]! + columnGap;
    return [mark];
  });
  marks.push(text(left + width, top + 12, "margin", { ...quiet, anchor: "end" }));
  return { marks, hits: [], height: 20 };
}

/** As wide as their longest member, shrunk alike where they do not fit. */
function memberWidths(pen: Pen, rows: readonly JudgedTriplet[], room: number): number[] {
  const wanted = (["anchor", "positive", "negative"] as const).map((name, k) =>
    Math.ceil(
      rows.reduce((most, row) => {
        const note = row.clips[k as 0 | 1 | 2] === null ? "" : "♪ ";
        return Math.max(most, pen.measure(note + row[name], 13));
      }, 48) + 1,
    ),
  );
  if (room < threeFrom) return [Math.min(wanted[0]!, room + 2 * columnGap), 0, 0];
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= room) return wanted;
  const fair = room / 3;
  const kept = wanted.map((width) => Math.min(width, fair));
  const spare = room - kept.reduce((sum, width) => sum + width, 0);
  const nLong = wanted.filter((width) => width > fair).length;
  return wanted.map((width) => Math.floor(width > fair ? fair + spare / nLong : width));
}

function signMark(right: boolean, x: number, y: number, color: string): Mark {
  const d = right
    ? `M${x - 5} ${y}L${x - 1} ${y + 4}L${x + 5} ${y - 5}`
    : `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`;
  return { kind: "path", d, fill: "none", stroke: color, width: 2 };
}
