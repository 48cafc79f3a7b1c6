import type { ValueScale } from "../../../kernel/mulan/figures/contract.ts";
import { onePerPage } from "../kernel/onePerPage.ts";
import { createSignal, type Signal } from "../kernel/signal.ts";

/** A scale that all figures of cosines on this page use, so that their colours can be compared; null: each its own. */
export function lockedScale(): Signal<ValueScale | null> {
  return onePerPage("scale", () => createSignal<ValueScale | null>(null));
}
