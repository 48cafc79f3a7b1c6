import type { ClipId } from "../../kernel/mulan/figures/contract.ts";
import { formatCosine } from "../../kernel/mulan/figures/contractLook.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import { selectClips, sharedSelection } from "../shared/kernel/selection.ts";
import { follow } from "../shared/kernel/signal.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import type { Stretch } from "./playerMedia.ts";

export interface RegionActionsOptions {
  readonly shell: FigureShell;
  readonly link: KernelLink;
  readonly clip: ClipId;
  /** The region, where there is one and a kernel to do something with it. */
  region(): Stretch | undefined;
  /** What became of it, beside the region's buttons. */
  note(text: string): void;
}

/** What the engine does with a region. */
export interface RegionActions {
  embed(model: string): Promise<void>;
  addToSelection(): Promise<void>;
}

const inSelection = "in the selection: available as mulan.selection";

export function createRegionActions(options: RegionActionsOptions): RegionActions {
  const { shell, link, clip, note } = options;
  /** What the note says is in the selection, which others can clear. */
  let noted: { readonly clip: ClipId; readonly region: Stretch } | undefined;
  follow(sharedSelection().clips, shell.signal, (clips) => {
    // Another region has a line of its own.
    if (noted && noted.region !== options.region()) noted = undefined;
    if (noted) note(clips.has(noted.clip) ? inSelection : "");
  });

  /** What goes wrong stands beside the title. */
  async function withRegion<T>(
    work: (part: { clip: ClipId; startSec: number; durationSec: number }) => Promise<T>,
  ): Promise<T | undefined> {
    const region = options.region();
    if (!region) return undefined;
    const { startSec, endSec } = region;
    try {
      return await work({ clip, startSec, durationSec: endSec - startSec });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      shell.status.setPassing({ kind: "error", text: reason });
      return undefined;
    }
  }

  return {
    async embed(model) {
      if (!options.region()) return;
      noted = undefined;
      note("embedding …");
      const onWaiting = (reason: string): void => note(`waiting for ${reason}`);
      const done = await withRegion((part) =>
        link.ask("embedRegion", { ...part, model }, { onWaiting }),
      );
      if (!done) return note("");
      const n = `${done.nWindows} ${done.nWindows === 1 ? "window" : "windows"}`;
      const told = `embedded by ${done.model}: ${n}, cosine with the whole clip ${formatCosine(done.cosineWithClip)}`;
      note(told);
      shell.announcer.say(told);
    },
    async addToSelection() {
      const region = options.region();
      const added = await withRegion((part) => link.ask("region", part));
      if (!added || !region) return;
      noted = { clip: added.clip, region };
      selectClips(link, [...sharedSelection().clips.value, added.clip]);
      shell.announcer.say("region added to the selection");
    },
  };
}
