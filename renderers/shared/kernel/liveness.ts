import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import type { FigureShell } from "../shell/figureShell.ts";
import type { Status } from "../shell/status.ts";
import { isLive, type Kernel, type KernelLink } from "./kernelLink.ts";
import { onePerPage } from "./onePerPage.ts";
import { createSignal, follow, type Signal } from "./signal.ts";

/** What an output needs of the engine. */
export interface Needs {
  readonly clips: readonly ClipId[];
  readonly model: string | null;
  /** Its id, where the figure may ask for a report's rankings. */
  readonly report?: string | null;
  /** Its id, where the figure may ask for other batches of a loss or more steps of a training. */
  readonly loss?: string | null;
  /** What the live controls need in order not to be dead. Default "model". */
  readonly controlsNeed?: "sound" | "model" | "loss";
  /** The output carries its sound: what it says where no engine answers. */
  readonly storedSound?: string | undefined;
}

/** What can be asked for this output now. */
export interface Liveness {
  /** Its clips can be heard. */
  readonly sound: boolean;
  /** Its model answers. */
  readonly model: boolean;
  /** The engine holds its report. */
  readonly report: boolean;
  /** The engine holds its batch or training, where it has one. */
  readonly loss?: boolean;
}

interface Answered {
  readonly engine: string | null;
  readonly liveness: Liveness;
}

const dead: Liveness = { sound: false, model: false, report: false };

/** Follows the kernel, shows in the figure what is not live and why, and hides the controls that would be dead. */
export function followLiveness(
  shell: FigureShell,
  link: KernelLink,
  needs: Needs,
): Signal<Liveness> {
  const liveness = createSignal(dead);
  let round = 0;
  let askedEngine: string | null = null;
  const become = (next: Liveness): void => {
    liveness.set(next);
    const live = next[needs.controlsNeed ?? "model"] === true;
    shell.controls.setLive(live, live || needs.storedSound !== undefined);
  };
  const question = JSON.stringify([needs.clips, needs.model, needs.report, needs.loss]);
  const answered = onePerPage("liveness", () => new Map<string, Answered>());
  // Drawn anew it is live at once: whoever types in it would type into nothing until the engine has answered.
  const before = answered.get(question);
  if (before && isLive(link.kernel.value.state) && before.engine === link.kernel.value.engine) {
    become(before.liveness);
  }
  follow(link.kernel, shell.signal, async ({ state, engine }) => {
    // While cells run nothing new is known; each cell that ends may have loaded the model or shown the clips.
    if (state === "busy" && askedEngine === engine) return;
    const mine = ++round;
    askedEngine = isLive(state) ? engine : null;
    if (!isLive(state)) {
      become(dead);
      shell.status.setLasting(wordsWithout(state, needs.storedSound));
      return;
    }
    const known = await link
      .ask("known", {
        clips: needs.clips,
        model: needs.model,
        ...(needs.report && { report: needs.report }),
        ...(needs.loss && { loss: needs.loss }),
      })
      .catch(() => undefined);
    if (mine !== round || shell.signal.aborted || !known) return;
    const sound = known.clips && needs.clips.length > 0;
    become({
      sound,
      model: known.model && needs.model !== null,
      report: known.report === true,
      loss: known.loss === true,
    });
    answered.set(question, { engine, liveness: liveness.value });
    const gone = Boolean(needs.loss) && known.loss !== true;
    const stale = gone || !known.clips || (needs.model !== null && !known.model);
    shell.status.setLasting(
      stale
        ? { kind: "stale", text: "stale: the kernel has restarted since; run the cell again" }
        : { kind: "none" },
    );
  });
  return liveness;
}

function wordsWithout(state: Kernel["state"], live = "run the cell to make this live"): Status {
  if (state === "unknown") return { kind: "none" };
  if (state === "dead") {
    return { kind: "stale", text: "stale: the kernel has ended; run the cell again" };
  }
  return { kind: "still", text: live };
}
