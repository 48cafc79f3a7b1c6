import type { ClipId } from "../../../kernel/mulan/figures/contract.ts";
import type { FigureShell } from "../shell/figureShell.ts";
import type { Status } from "../shell/status.ts";
import { isLive, type Kernel, type OutputLink } from "./kernelLink.ts";
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
  link: OutputLink,
  needs: Needs,
): Signal<Liveness> {
  const liveness = createSignal(dead);
  let round = 0;
  let askedEngine: string | null = null;
  let known = dead;
  let lasting: Status = { kind: "none" };
  let waits = false;
  // What is typed into a figure that its cell is about to replace would be lost with it. Sound does no harm.
  const show = (): void => {
    const next = waits ? { ...known, model: false, loss: false } : known;
    liveness.set(next);
    const live = next[needs.controlsNeed ?? "model"] === true;
    shell.controls.setLive(live, live || needs.storedSound !== undefined);
    shell.status.setLasting(waits && needs.controlsNeed !== "sound" ? waitsToRun : lasting);
  };
  const become = (next: Liveness): void => {
    known = next;
    show();
  };
  const say = (status: Status): void => {
    lasting = status;
    show();
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
      say(wordsWithout(state, needs.storedSound));
      return;
    }
    const reply = await link
      .ask("known", {
        clips: needs.clips,
        model: needs.model,
        ...(needs.report && { report: needs.report }),
        ...(needs.loss && { loss: needs.loss }),
      })
      .catch(() => undefined);
    if (mine !== round || shell.signal.aborted || !reply) return;
    become({
      sound: reply.clips && needs.clips.length > 0,
      model: reply.model && needs.model !== null,
      report: reply.report === true,
      loss: reply.loss === true,
    });
    answered.set(question, { engine, liveness: known });
    const gone = Boolean(needs.loss) && reply.loss !== true;
    const stale = gone || !reply.clips || (needs.model !== null && !reply.model);
    say(
      stale
        ? { kind: "stale", text: "stale: the kernel has restarted since; run the cell again" }
        : { kind: "none" },
    );
  });
  follow(link.aboutToRun, shell.signal, (outputs) => {
    const next = outputs.size > 0 && outputs.has(link.contentId());
    if (next === waits) return;
    waits = next;
    show();
  });
  return liveness;
}

const waitsToRun: Status = {
  kind: "waiting",
  text: "its cell is waiting to run and will redraw this: type once it has",
};

function wordsWithout(state: Kernel["state"], live = "run the cell to make this live"): Status {
  if (state === "unknown") return { kind: "none" };
  if (state === "dead") {
    return { kind: "stale", text: "stale: the kernel has ended; run the cell again" };
  }
  return { kind: "still", text: live };
}
