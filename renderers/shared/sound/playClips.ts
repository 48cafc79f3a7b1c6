import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import type { KernelLink } from "../kernel/kernelLink.ts";
import type { StatusLine } from "../shell/status.ts";
import { enginePieces } from "./enginePieces.ts";
import { sharedPlayer } from "./player.ts";

/** A clip that can be heard, under its label. */
export interface Audible {
  readonly clip: ClipId;
  readonly label: string;
}

/** Of two clips that are to be compared, this much of the first is heard before the second. */
const compareSec = 6;

/** Plays a clip, or the start of each of several in turn; stops when one of them sounds already. */
export function playClips(link: KernelLink, clips: readonly Audible[], status?: StatusLine): void {
  const [first, ...rest] = clips;
  if (!first) return;
  const player = sharedPlayer();
  const { clip, phase } = player.state.value;
  if (clips.some((each) => each.clip === clip) && phase !== "stopped") {
    player.stop();
    return;
  }
  player.play({
    ...first,
    source: enginePieces(link, first.clip),
    onError: ({ message }) =>
      status?.setPassing({ kind: "error", text: `“${first.label}” was not played: ${message}` }),
    ...(rest.length > 0 && { endSec: compareSec, onEnd: () => playClips(link, rest, status) }),
  });
}
