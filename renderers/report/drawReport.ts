import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import type { ReportFigure } from "../../kernel/mulan/figures/contractReport.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html } from "../shared/dom.ts";
import { followLiveness, type Liveness } from "../shared/kernel/liveness.ts";
import { toggleClip } from "../shared/kernel/selection.ts";
import { createSignal, type Signal } from "../shared/kernel/signal.ts";
import { elementAt, onPress } from "../shared/look/elementAt.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { button, select, textField } from "../shared/shell/controls.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { createCanvas } from "./canvas.ts";
import { reportKeys } from "./keys.ts";
import { notesOf } from "./notes.ts";
import { addRankingActions } from "./rankingActions.ts";
import { savedImage } from "./saved.ts";
import { clipsNow } from "./sectionsNow.ts";
import { arranged, initialState, movedTo } from "./state.ts";
import type { ListedClip } from "./views/view.ts";
import { viewOf } from "./views/viewOf.ts";

/** About what a report takes, so that the notebook does not jump when it is drawn. */
const usualHeightPx = 640;

/** A report's measures and tables; a row opens what is behind it. */
export function drawReport({ host, figure, link, signal }: Place<"report">): void {
  const words = { ...figure, notes: notesOf(figure) };
  const shell = createFigureShell(host, {
    kind: "report",
    words,
    heightPx: usualHeightPx,
    signal,
  });
  const view = viewOf(figure);
  if (view.names.length === 0) {
    showEmpty(shell, "This report has nothing to show.", "await evaluateTagging(model, dataset)");
    return;
  }
  const state = createSignal(initialState(view));
  const clips = clipsOf(figure);
  // Where nothing can be heard a kernel would change nothing, and there is no word about it.
  const liveness: Signal<Liveness> =
    clips.length > 0
      ? followLiveness(shell, link, {
          clips,
          model: null,
          report: figure.report,
          controlsNeed: "sound",
        })
      : createSignal({ sound: false, model: false, report: false });
  const canvas = createCanvas(shell, view, state);
  shell.drawing.style.minHeight = "";
  const openRanking = addRankingActions(canvas.actions, shell, link, figure, view, state, liveness);

  const listed = (index: number): ListedClip | undefined => clipsNow(view, state.value)[index];
  const prepare = (clip: ListedClip | undefined): void => {
    if (clip?.clip && liveness.value.sound) prepareSound(link, clip.clip);
  };
  const play = (): void => {
    const sound = listed(state.value.item);
    if (!sound?.clip || !liveness.value.sound) return;
    playClips(link, [{ clip: sound.clip, label: sound.label }], shell.status);
  };
  const tell = (): void => {
    const { side, item, order, cursor } = state.value;
    const row = order[cursor];
    if (row === undefined) return;
    const clip = listed(item);
    prepare(clip);
    const words = side === "list" || !clip ? view.tell(row) : tellClip(clip);
    shell.announcer.say(words);
  };
  const filter = textField({
    label: "Filter",
    placeholder: `Filter ${view.noun === "query" ? "queries" : `${view.noun}s`}`,
    widthPx: 132,
    onSubmit: () => shell.drawing.focus({ preventScroll: true }),
  });
  filter.field.addEventListener("input", () => {
    state.set(arranged(view, state.value, { filter: filter.field.value }));
    shell.announcer.say(`${state.value.order.length} of ${view.names.length}`);
  });
  const { choice } = view;
  const choose = (chosen: string): void => {
    state.set({ ...state.value, chosen });
    choiceField?.set(chosen);
  };
  const choiceField = choice
    ? select({
        label: choice.label,
        key: "D",
        options: choice.options.map(({ id, label }) => ({ value: id, label })),
        value: choice.initial,
        onChange: choose,
      })
    : undefined;
  const sortBy = (sort: string): void => {
    state.set(arranged(view, state.value, { sort, reversed: false }));
    sortField.set(sort);
    if (choice) choose(choice.afterSort(state.value.chosen, sort));
  };
  const sortField = select({
    label: "Sort by",
    key: "S",
    options: view.sorts.map(({ id, label }) => ({ value: id, label: `by ${label}` })),
    value: state.value.sort,
    onChange: sortBy,
  });
  const reverse = (): void => {
    state.set(arranged(view, state.value, { reversed: !state.value.reversed }));
  };
  shell.controls.add(
    sortField,
    filter,
    button({ label: "Reverse the order", text: "Reverse", key: "R", onPress: reverse }),
    ...(choiceField ? [choiceField] : []),
  );

  onPress(shell.root, canvas.list, ({ dataset }) => {
    if (dataset.part !== "row") return;
    state.set(movedTo(state.value, state.value.order.indexOf(Number(dataset.index))));
    shell.drawing.focus({ preventScroll: true });
    tell();
  });
  onPress(shell.root, canvas.detail, ({ dataset }) => {
    if (dataset.part !== "clip") return;
    state.set({ ...state.value, side: "detail", item: Number(dataset.index) });
    shell.drawing.focus({ preventScroll: true });
    play();
  });
  const hover = (event: PointerEvent): void => {
    const { part, index } = elementAt(shell.root, event)?.dataset ?? {};
    const clip = part === "clip" ? listed(Number(index)) : undefined;
    prepare(clip);
    const text = part === "row" ? view.tell(Number(index)) : clip && tellClip(clip);
    if (!text) return shell.tooltip.hide();
    const frame = shell.drawing.getBoundingClientRect();
    shell.tooltip.show(
      event.clientX - frame.left,
      event.clientY - frame.top + shell.drawing.offsetTop,
      html("div", {}, text),
    );
  };
  for (const part of [canvas.list, canvas.detail]) {
    part.addEventListener("pointermove", hover);
    part.addEventListener("pointerleave", () => shell.tooltip.hide());
  }
  shell.controls.addEntries(
    ...saveEntries(shell, {
      title: () => figure.title,
      image: () => savedImage(figure, state.value),
      table: () => view.table(),
    }),
  );
  shell.bindKeys(
    reportKeys(state, {
      nClips: () => clipsNow(view, state.value).length,
      play,
      toggleSelected() {
        const clip = listed(state.value.item)?.clip;
        if (clip) toggleClip(link, clip);
      },
      tell,
      nextSort() {
        const at = view.sorts.findIndex(({ id }) => id === state.value.sort);
        const next = view.sorts[(at + 1) % view.sorts.length];
        if (!next) return;
        sortBy(next.id);
        shell.announcer.say(`sorted by ${next.label}`);
      },
      reverse,
      focusFilter: () => filter.field.focus(),
      choiceLabel: `${choice?.label ?? ""}: the next measure`,
      nextChoice:
        choice &&
        (() => {
          const at = choice.options.findIndex(({ id }) => id === state.value.chosen);
          const next = choice.options[(at + 1) % choice.options.length];
          if (!next) return;
          choose(next.id);
          shell.announcer.say(next.label);
        }),
      openRanking,
    }),
  );
}

function tellClip({ label, score, note, place, mark }: ListedClip): string {
  return [
    place === undefined ? label : `place ${place}: ${label}`,
    score !== null && formatFixed(score, 3),
    place !== undefined && mark === "right" && "relevant",
    note !== "" && `carries ${note}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function clipsOf(figure: ReportFigure): string[] {
  if (figure.task === "comparison") return [];
  return (figure.clips.clips ?? []).filter((clip) => clip !== null);
}
