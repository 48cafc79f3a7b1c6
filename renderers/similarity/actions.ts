import { decodeFloat16, type SimilarityFigure } from "../../kernel/mulan/figures/contract.ts";
import { withTextColumn, withTextRow } from "../../kernel/mulan/figures/contractLook.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import { selectClips, sharedSelection } from "../shared/kernel/selection.ts";
import type { Signal } from "../shared/kernel/signal.ts";
import type { WriteBack } from "../shared/kernel/writeBack.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { identityOrder, transposed } from "./matrix.ts";
import { clusterOrder } from "./order/clusterOrder.ts";
import { columnsByRow, rowsByColumn } from "./order/sortBy.ts";
import { audibleOf, cursorIndices, type State, textSide, withFigure } from "./state.ts";
import type { Ordering, View } from "./view.ts";

/** What a person can do to a heatmap. */
export interface Actions {
  look(change: Partial<View>): void;
  /** "row" and "column" go by the cell under the cursor. */
  order(by: Ordering): void;
  /** Plays the clips of the cell under the cursor. */
  play(): void;
  /** Adds the clips of the cell under the cursor to the notebook's selection, or takes them out. */
  toggleSelected(): void;
  /** Adds a prompt, or puts it in the place of the one at `index`. False where no answer came. */
  addText(text: string, index?: number): Promise<boolean>;
}

export function createActions(
  shell: FigureShell,
  link: KernelLink,
  state: Signal<State>,
  writeBack: WriteBack,
  canPlay: () => boolean,
): Actions {
  const look = (change: Partial<View>): void =>
    state.set({ ...state.value, view: { ...state.value.view, ...change } });

  const audible = () => {
    const { row, column } = cursorIndices(state.value);
    return audibleOf(state.value.figure, row, column);
  };

  return {
    look,
    order(by) {
      look({ ...orderOf(state.value, by), ordering: by });
      shell.announcer.say(orderInWords(state.value, by));
    },
    play() {
      if (canPlay()) playClips(link, audible(), shell.status);
    },
    toggleSelected() {
      const clips = audible().map(({ clip }) => clip);
      const present = sharedSelection().clips.value;
      const all = clips.every((clip) => present.has(clip));
      const next = all
        ? [...present].filter((clip) => !clips.includes(clip))
        : [...present, ...clips];
      if (clips.length > 0) selectClips(link, next);
      const names = audible().map(({ label }) => label);
      if (clips.length > 0) {
        shell.announcer.say(
          `${names.join(" and ")} ${all ? "removed from" : "added to"} the selection`,
        );
      }
    },
    async addText(text, index) {
      const { figure } = state.value;
      const target = textSide(figure);
      if (!target || figure.model === null) return false;
      const { side, others } = target;
      const params = { text, columns: others, model: figure.model };
      const reply = await askInFigure(shell, link, "similarityRow", params, `embedding “${text}”`);
      if (!reply) return false;
      const cosines = decodeFloat16(reply.cosines);
      const edit = side === "rows" ? withTextRow : withTextColumn;
      become(edit(state.value.figure, { text, cosines }, index));
      shell.announcer.say(`${text}: ${state.value.figure.reading}`);
      return true;
    },
  };

  function become(figure: SimilarityFigure): void {
    state.set(withFigure(state.value, figure));
    shell.setWords(figure);
    writeBack.edited(figure);
  }
}

function orderOf(state: State, by: Ordering): Partial<View> {
  const { matrix } = state;
  const { row, column } = cursorIndices(state);
  switch (by) {
    case "given":
      return {
        rowOrder: identityOrder(matrix.nRows),
        columnOrder: identityOrder(matrix.nColumns),
      };
    case "clusters":
      return { rowOrder: clusterOrder(matrix), columnOrder: clusterOrder(transposed(matrix)) };
    case "row":
      return { columnOrder: columnsByRow(matrix, row) };
    case "column":
      return { rowOrder: rowsByColumn(matrix, column) };
  }
}

function orderInWords(state: State, by: Ordering): string {
  const { row, column } = cursorIndices(state);
  switch (by) {
    case "given":
      return "order as given";
    case "clusters":
      return "similar rows and columns are together";
    case "row":
      return `columns sorted by ${state.figure.rows.labels[row]}`;
    case "column":
      return `rows sorted by ${state.figure.columns.labels[column]}`;
  }
}
