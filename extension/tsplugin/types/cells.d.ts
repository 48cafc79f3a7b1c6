// Names that every cell has. The engine provides them (kernel/session/engine.ts).
import type * as Library from "./kernel/mulan/index.js";
import type { Clip } from "./kernel/mulan/index.js";

/** The clips that are selected in this notebook, in its figures and here alike. */
interface Selection extends Array<Clip> {
  /** Selects these clips and no others. */
  set(clips: Iterable<Clip>): void;
  add(...clips: readonly Clip[]): void;
  clear(): void;
}

declare global {
  /** Everything that `import … from "mulan-notebook"` offers, and the notebook's selection. */
  const mulan: typeof Library & { readonly selection: Selection };

  /**
   * Shows a value now, in the running cell.
   * @param options with an `id`, a later call with the same id changes what was shown; `raw` says that the value
   * is a bundle of mime types already
   */
  function display(
    value: unknown,
    options?: { readonly id?: string; readonly raw?: boolean },
  ): Promise<void>;

  /** Removes what the cell has shown; with `wait`, when the next output comes. */
  function clearOutput(options?: { readonly wait?: boolean }): void;
}
