import { type CellRun, here, lastRun } from "../evaluate/cellRun.ts";
import type { Bundle } from "../protocol.ts";
import { asBundle, displayValue } from "./displayValue.ts";
import { sendEvent } from "./eventPipe.ts";
import { spend } from "./outputBudget.ts";
import type { Streams } from "./streams.ts";

export interface ShowOptions {
  /** Showing another value under the same id changes the output that is there. */
  readonly id?: string;
  /** The value is a mime bundle already. */
  readonly raw?: boolean;
}

/** What cells know as `display` and `clearOutput`. */
export class Displays {
  readonly #streams: Streams;
  readonly #storeAudioSec: number;
  /** Which run put an id on the page. A cell that runs again has lost its outputs and starts anew. */
  readonly #shown = new Map<string, CellRun>();

  /** @param storeAudioSec so much of a clip's sound goes into its figure */
  constructor(streams: Streams, storeAudioSec: number) {
    this.#streams = streams;
    this.#storeAudioSec = storeAudioSec;
  }

  /** Shows a value now; await it when what is printed next must stand below a figure. */
  readonly display = (value: unknown, { id, raw = false }: ShowOptions = {}): Promise<void> => {
    const run = here() ?? lastRun();
    if (!run) return Promise.resolve();
    const bundle = raw
      ? asBundle(value, "display(value, { raw: true })")
      : displayValue(value, {
          signal: run.controller.signal,
          storeAudioSec: this.#storeAudioSec,
        });
    if (!(bundle instanceof Promise) && run.pending.size === 0) {
      this.#send(run, bundle, id);
      return Promise.resolve();
    }
    // Displays keep their order, however long each takes to draw.
    const sent = Promise.all([bundle, ...run.pending]).then(([ready]) =>
      this.#send(run, ready, id),
    );
    const settled = sent.finally(() => run.pending.delete(settled));
    run.pending.add(settled);
    return settled;
  };

  readonly clearOutput = ({ wait = false }: { wait?: boolean } = {}): void => {
    const run = here() ?? lastRun();
    if (!run) return;
    this.#streams.flush();
    sendEvent({ type: "clearOutput", cellId: run.cellId, wait });
  };

  #send(run: CellRun, bundle: Bundle | undefined, id: string | undefined): void {
    if (!bundle) return;
    this.#streams.flush();
    spend(run, bundle);
    const { cellId } = run;
    if (id === undefined) return sendEvent({ type: "display", cellId, bundle });
    const displayId = String(id);
    const shownBy = this.#shown.get(displayId);
    const isThere = shownBy !== undefined && (shownBy === run || shownBy.cellId !== cellId);
    if (isThere) return sendEvent({ type: "updateDisplay", cellId, bundle, displayId });
    this.#shown.set(displayId, run);
    sendEvent({ type: "display", cellId, bundle, displayId });
  }
}
