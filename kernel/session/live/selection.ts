import type { Clip } from "../../mulan/audio/clip.ts";
import type { ClipId } from "../../mulan/figures/contract.ts";
import { shownClips } from "./shownClips.ts";

/**
 * The clips that are selected in this notebook, in cells as `mulan.selection`: one list that lives as long as the
 * engine, in figures as the clips that stand out. Change it by `set`, `add` and `clear`: figures hear of it.
 */
export class Selection extends Array<Clip> {
  #tell: (clips: readonly ClipId[]) => void = () => {};

  /** What is made from it (`map`, `filter`, `slice`) is a plain array. */
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  set(clips: Iterable<Clip>): void {
    this.splice(0, this.length, ...new Set(clips));
    this.#tell(this.ids());
  }

  add(...clips: readonly Clip[]): void {
    this.set([...this, ...clips]);
  }

  clear(): void {
    this.set([]);
  }

  /** @internal */
  ids(): ClipId[] {
    return this.map((clip) => shownClips.idOf(clip));
  }

  /** @internal Who tells the figures. */
  onChange(tell: (clips: readonly ClipId[]) => void): void {
    this.#tell = tell;
  }
}

/** One engine runs one notebook. */
export const selection = new Selection();
