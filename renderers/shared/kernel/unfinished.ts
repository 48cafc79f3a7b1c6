import type { Figure } from "../../../kernel/mulan/figures/contract.ts";
import type { HalfTyped } from "../shell/halfTyped.ts";
import { onePerPage } from "./onePerPage.ts";

/** Why a drawing ends: the same output is drawn anew, which takes over what was begun. */
export const drawnAnew = Symbol.for("mulan-notebook.drawn-anew");

/** Something that a person entered, which needs the engine's answer. */
export interface Entered {
  readonly wanted: unknown;
  /** "asked" until it is answered, then "edited" in the page's figure, then "told" to the host. */
  stage: "asked" | "edited" | "told";
}

/** What a person began in an output and the output does not hold yet. It outlives the drawing. */
export interface Unfinished {
  /** Content id of what the output held when it was drawn last. */
  drawn: () => string;
  /** The figure as edited; undefined when the output holds it. */
  edited: Figure | undefined;
  /** The figure of the latest message to the host, until it is seen in the output. */
  told: Figure | undefined;
  /** When it was told, in ms of `performance.now()`. */
  toldMs: number;
  entered: Entered[];
  /** What the engine refused and no field had room for. */
  givenBack: unknown[];
  halfTyped: HalfTyped | undefined;
  /** What stood open that cannot be seen from the page: a form, a label that is being edited. */
  opened: unknown;
  /** How the figure was looked at. */
  view: unknown;
}

/** By the page's id of the output, which stays when the output's content is replaced. */
export function unfinishedIn(outputId: string): Unfinished {
  const all = onePerPage("unfinished", () => new Map<string, Unfinished>());
  const found = all.get(outputId);
  if (found) return found;
  const made: Unfinished = {
    drawn: () => "",
    edited: undefined,
    told: undefined,
    toldMs: 0,
    entered: [],
    givenBack: [],
    halfTyped: undefined,
    opened: undefined,
    view: undefined,
  };
  all.set(outputId, made);
  return made;
}

/**
 * The figure to draw when an output is drawn again: what it holds, or what a person has made of that since.
 * @param drawn content id of what the output holds now
 */
export function takeOver<F extends Figure>(outputId: string, drawn: () => string, figure: F): F {
  const unfinished = unfinishedIn(outputId);
  const before = unfinished.drawn;
  unfinished.drawn = drawn;
  const { edited, told } = unfinished;
  if (!edited) return figure;
  // Hidden and shown again: what the host was told may not have arrived.
  if (before() === drawn()) return edited as F;
  if (told && isSame(told, figure)) {
    unfinished.entered = unfinished.entered.filter(({ stage }) => stage !== "told");
    unfinished.told = undefined;
    unfinished.edited = edited === told ? undefined : edited;
    return (unfinished.edited as F | undefined) ?? figure;
  }
  // A cell has changed its output: that is newer, and gets what was typed once more.
  unfinished.edited = undefined;
  unfinished.told = undefined;
  for (const each of unfinished.entered) each.stage = "asked";
  return figure;
}

/** On its way through the host a figure may have its keys in another order. */
function isSame(one: Figure, other: Figure): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
