import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import { onePerPage } from "./onePerPage.ts";
import { createSignal, type Signal } from "./signal.ts";

/** The notebook's one selection, as far as this page knows it. The engine holds it. */
export interface Selection {
  readonly clips: Signal<ReadonlySet<ClipId>>;
  replace(clips: Iterable<ClipId>): void;
}

/** What `ask` of the link is for here. */
export interface SelectionAsker {
  ask(name: "select", params: { readonly clips: readonly ClipId[] }): Promise<unknown>;
}

export function sharedSelection(): Selection {
  return onePerPage("selection", () => {
    const clips = createSignal<ReadonlySet<ClipId>>(new Set());
    return { clips, replace: (next) => clips.set(new Set(next)) };
  });
}

/** Selects at once on this page; the engine hears of it and tells the others. Without a kernel it stays on this page. */
export function selectClips(asker: SelectionAsker, clips: Iterable<ClipId>): void {
  const next = [...new Set(clips)];
  sharedSelection().replace(next);
  asker.ask("select", { clips: next }).catch(() => {});
}

/** Adds or removes one clip. */
export function toggleClip(asker: SelectionAsker, clip: ClipId): void {
  const present = sharedSelection().clips.value;
  const next = present.has(clip) ? [...present].filter((id) => id !== clip) : [...present, clip];
  selectClips(asker, next);
}
