import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { toggleClip } from "../shared/kernel/selection.ts";
import { createSignal } from "../shared/kernel/signal.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import type { KeyBinding } from "../shared/shell/keys.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { createCanvas } from "./canvas.ts";
import { savedImage, savedTable } from "./saved.ts";
import { initialState } from "./state.ts";

/** A matrix of embeddings: its first rows as a strip, the spread of all of them as a histogram. */
export function drawEmbeddings({ host, figure, link, signal }: Place<"embeddings">): void {
  const rowHeight = figure.stripRows <= 20 ? 20 : 12;
  const heightPx = Math.max(116, rowHeight * figure.stripRows + 36) + (figure.pairs ? 92 : 0);
  const shell = createFigureShell(host, { kind: "embeddings", words: figure, heightPx, signal });
  if (figure.n === 0) {
    showEmpty(shell, "There are no embeddings.", "await model.embedAudio(clips)");
    return;
  }
  const state = createSignal(initialState(figure));
  const ids = (figure.items.clips ?? []).filter((clip) => clip !== null);
  // Nothing of it is asked of the model: only its clips can be stale.
  const liveness = followLiveness(shell, link, { clips: ids, model: null });
  const canvas = createCanvas(shell, state);

  const clipAtCursor = () => figure.items.clips?.[state.value.cursor.row] ?? null;
  const play = (): void => {
    const clip = clipAtCursor();
    const label = figure.items.labels[state.value.cursor.row]!;
    if (clip && liveness.value.sound) playClips(link, [{ clip, label }], shell.status);
  };
  const prepare = (row: number): void => {
    const clip = figure.items.clips?.[row];
    if (clip && liveness.value.sound) prepareSound(link, clip);
  };
  const tellCell = (): void => {
    const { row, dimension } = state.value.cursor;
    prepare(row);
    shell.announcer.say(
      `${figure.items.labels[row]}, dimension ${dimension + 1}: ${valueAt(row, dimension)}`,
    );
  };
  const valueAt = (row: number, dimension: number): string =>
    formatFixed(state.value.strip[row * figure.dim + dimension]!, 3);
  const move = (rows: number, dimensions: number): void => {
    const { cursor } = state.value;
    const row = Math.max(0, Math.min(figure.stripRows - 1, cursor.row + rows));
    const dimension = Math.max(0, Math.min(figure.dim - 1, cursor.dimension + dimensions));
    state.set({ ...state.value, cursor: { row, dimension } });
    tellCell();
  };

  const placeOf = (event: MouseEvent) => {
    const { layout } = canvas;
    if (!layout) return undefined;
    const frame = canvas.element.getBoundingClientRect();
    const x = event.clientX - frame.left;
    const y = event.clientY - frame.top;
    const row = Math.floor(y / layout.rowHeight);
    const share = (x - layout.left) / layout.stripWidth;
    if (row < 0 || row >= figure.stripRows || share >= 1) return undefined;
    return {
      row,
      dimension: Math.max(0, Math.floor(share * figure.dim)),
      x,
      y,
      onStrip: share >= 0,
    };
  };
  // Not "click": see onPress, whose marks these are not, as only the place counts.
  canvas.element.addEventListener("pointerup", (event) => {
    const at = placeOf(event);
    if (!at || event.button !== 0) return;
    state.set({ ...state.value, cursor: at });
    shell.drawing.focus({ preventScroll: true });
    play();
  });
  canvas.element.addEventListener("pointermove", (event) => {
    const at = placeOf(event);
    if (!at?.onStrip) return shell.tooltip.hide();
    prepare(at.row);
    shell.tooltip.show(
      at.x,
      at.y + shell.drawing.offsetTop,
      html("div", {}, figure.items.labels[at.row]!),
      html(
        "div",
        {},
        `dimension ${at.dimension + 1} `,
        html("span", { class: "number" }, valueAt(at.row, at.dimension)),
      ),
    );
  });
  canvas.element.addEventListener("pointerleave", () => shell.tooltip.hide());
  shell.controls.addEntries(
    ...saveEntries(shell, {
      title: () => figure.title,
      image: () => savedImage(state.value),
      table: () => savedTable(state.value),
    }),
  );
  shell.bindKeys(stripKeys({ move, play, toggleSelected }));

  function toggleSelected(): void {
    const clip = clipAtCursor();
    if (clip) toggleClip(link, clip);
  }
}

interface KeyActions {
  move(rows: number, dimensions: number): void;
  play(): void;
  toggleSelected(): void;
}

function stripKeys({ move, play, toggleSelected }: KeyActions): KeyBinding[] {
  return [
    {
      keys: ["ArrowUp", "ArrowDown"],
      shown: "↑ ↓",
      label: "Move from row to row",
      run: ({ key }) => move(key === "ArrowUp" ? -1 : 1, 0),
    },
    {
      keys: ["ArrowLeft", "ArrowRight"],
      shown: "← →",
      label: "Move from dimension to dimension, with Shift ten at a time",
      run: ({ key, shiftKey }) => move(0, (key === "ArrowLeft" ? -1 : 1) * (shiftKey ? 10 : 1)),
    },
    { keys: [" "], shown: "Space", label: "Play or stop the clip", run: play },
    {
      keys: ["Enter"],
      shown: "Enter",
      label: "Select the clip in the notebook",
      run: toggleSelected,
    },
  ];
}
