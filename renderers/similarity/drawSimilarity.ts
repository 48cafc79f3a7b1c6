import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { createSignal } from "../shared/kernel/signal.ts";
import { createTypedRequests } from "../shared/kernel/typedRequests.ts";
import { unfinishedIn } from "../shared/kernel/unfinished.ts";
import { createWriteBack } from "../shared/kernel/writeBack.ts";
import { lockedScale } from "../shared/look/lockedScale.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { refillField } from "../shared/shell/controls.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { createActions } from "./actions.ts";
import { asCell } from "./asCell.ts";
import { createCanvas } from "./canvas.ts";
import { addControls } from "./controls.ts";
import { editLabel } from "./editLabel.ts";
import type { CellEvent } from "./heatmap.ts";
import { heatmapKeys } from "./keys.ts";
import { savedImage, savedTable } from "./saved.ts";
import { audibleOf, clipsOf, cursorIndices, initialState, textSide } from "./state.ts";
import { type View, withCursor } from "./view.ts";

/** A prompt that was entered; `over` is the one whose place it takes. */
interface WantedPrompt {
  readonly text: string;
  readonly over?: string | undefined;
}

/** A heatmap of cosines in an output. */
export function drawSimilarity({
  host,
  figure,
  link,
  outputId,
  signal,
}: Place<"similarity">): void {
  const nRows = figure.rows.labels.length;
  const heightPx = Math.max(100, Math.min(560, nRows * 28) + 120);
  const shell = createFigureShell(host, { kind: "heatmap", words: figure, heightPx, signal });
  if (nRows === 0 || figure.columns.labels.length === 0) {
    showEmpty(
      shell,
      "There are no pairs: one side has no embeddings.",
      "similarity(await model.embedText(prompts), await model.embedAudio(clips))",
    );
    return;
  }
  const unfinished = unfinishedIn(outputId);
  const state = createSignal(initialState(figure, unfinished.view as View | undefined));
  state.subscribe(({ view }) => {
    unfinished.view = view;
  });
  const liveness = followLiveness(shell, link, { clips: clipsOf(figure), model: figure.model });
  const writeBack = createWriteBack(link, outputId, host, signal);
  const actions = createActions(shell, link, state, writeBack, () => liveness.value.sound);
  const prompts = createTypedRequests<WantedPrompt>({
    outputId,
    signal,
    liveness,
    perform: ({ text, over }) => actions.addText(text, placeOf(over)),
    giveBack: ({ text }) => promptField !== undefined && refillField(promptField, text),
  });

  const moveTo = ({ row, column }: { row: number; column: number }): void => {
    const { view } = state.value;
    actions.look(withCursor(view, view.rows.from + row, view.columns.from + column));
  };
  const canvas = createCanvas(shell, state, {
    onHover: showCell,
    onLeave: () => shell.tooltip.hide(),
    onClick(cell) {
      moveTo(cell);
      shell.drawing.focus({ preventScroll: true });
      actions.play();
    },
    onLabel(side, position) {
      moveTo(side === "rows" ? { row: position, column: 0 } : { row: 0, column: position });
      actions.order(side === "rows" ? "row" : "column");
    },
    onEditLabel: edit,
  });
  const promptField = addControls(shell, state, {
    ...actions,
    addText: (text) => prompts.submit({ text }),
  });
  shell.controls.addEntries(
    { label: "Sort columns by this row", key: "S", run: () => actions.order("row") },
    { label: "Sort rows by this column", key: "D", run: () => actions.order("column") },
    {
      get label() {
        return lockedScale().value ? "Unlock the scale" : "Lock this scale in every heatmap";
      },
      run() {
        const locked = lockedScale();
        const { shown } = canvas.picture ?? {};
        locked.set(locked.value || shown?.unit !== "cosine" ? null : shown.scale);
      },
    },
    ...cellEntries(),
    ...saveEntries(shell, {
      title: () => state.value.figure.title,
      image: () => savedImage(state.value),
      table: () => savedTable(state.value),
    }),
  );
  shell.bindKeys(heatmapKeys(state, { ...actions, tellCell, editPrompt }));
  const opened = unfinished.opened as { readonly over: string } | undefined;
  if (opened) reopen(opened.over);

  /** Index of the prompt that is to be replaced, whatever was added in the meantime. */
  function placeOf(over: string | undefined): number | undefined {
    const side = textSide(state.value.figure)?.side;
    const index = side && over !== undefined ? state.value.figure[side].labels.indexOf(over) : -1;
    return index < 0 ? undefined : index;
  }

  function reopen(over: string): void {
    const side = textSide(state.value.figure)?.side;
    const position = side && canvas.picture?.[side].indexOf(placeOf(over) ?? -1);
    if (side && position !== undefined && position >= 0) editAt(side, position);
  }

  function cellEntries() {
    const insert = () =>
      link.tell({ type: "insertCell", outputId, code: asCell(state.value.figure) ?? "" });
    return asCell(figure) ? [{ label: "Insert as cell", run: insert }] : [];
  }

  function cellWords(row: number, column: number) {
    const { figure: now, matrix } = state.value;
    const cosine = formatFixed(matrix.values[row * matrix.nColumns + column]!, 3);
    return { row: now.rows.labels[row]!, column: now.columns.labels[column]!, cosine };
  }

  function showCell({ row, column, x, y }: CellEvent): void {
    const indices = canvas.picture;
    if (!indices) return;
    prepare(indices.rows[row]!, indices.columns[column]!);
    const words = cellWords(indices.rows[row]!, indices.columns[column]!);
    shell.tooltip.show(
      x,
      y + shell.drawing.offsetTop,
      html("div", {}, words.row),
      html("div", {}, words.column),
      html("div", {}, html("span", { class: "number" }, words.cosine), " cosine"),
    );
  }

  function tellCell(): void {
    const { row, column } = cursorIndices(state.value);
    prepare(row, column);
    const words = cellWords(row, column);
    shell.announcer.say(`${words.row}, ${words.column}: cosine ${words.cosine}`);
  }

  function prepare(row: number, column: number): void {
    const [first] = audibleOf(state.value.figure, row, column);
    if (first && liveness.value.sound) prepareSound(link, first.clip);
  }

  function editPrompt(): void {
    const side = textSide(state.value.figure)?.side;
    const { view } = state.value;
    if (!side) return;
    const position =
      side === "rows" ? view.cursor.row - view.rows.from : view.cursor.column - view.columns.from;
    editAt(side, position);
  }

  function editAt(side: "rows" | "columns", position: number): void {
    const name = `${side === "rows" ? "r" : "c"}${position}`;
    const label = shell.drawing.querySelector(`[data-label="${name}"]`);
    edit(side, position, (label ?? shell.drawing).getBoundingClientRect());
  }

  function edit(side: "rows" | "columns", position: number, at: DOMRect): void {
    const { figure: now } = state.value;
    const index = canvas.picture?.[side][position];
    if (index === undefined || !liveness.value.model || textSide(now)?.side !== side) return;
    const frame = shell.drawing.getBoundingClientRect();
    const place = { left: at.left - frame.left, top: at.top - frame.top - 4 };
    const over = now[side].labels[index]!;
    unfinished.opened = { over };
    editLabel(shell, over, place, {
      onAccept: (text) => prompts.submit({ text, over }),
      onEnd() {
        unfinished.opened = undefined;
      },
    });
  }
}
