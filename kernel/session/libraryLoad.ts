import { setTimeout } from "node:timers/promises";
import { MulanError } from "../mulan/foundation/errors.ts";

/** Loading takes a second; on a machine that is busy with much else, several. */
const PATIENCE_MS = 15_000;

/**
 * The library on its way, once for all cells. When V8 ends a cell's code it drops what waits behind it, a piece of
 * Node's loader for one: such a load never comes to its end, and Node cannot begin it anew in the same process.
 */
export class LibraryLoad {
  readonly #load: () => Promise<void>;
  readonly #patienceMs: number;
  #loading: Promise<void> | undefined;
  #settled = false;
  #mayBeLost = false;

  constructor(load: () => Promise<void>, patienceMs = PATIENCE_MS) {
    this.#load = load;
    this.#patienceMs = patienceMs;
  }

  /** V8 has ended code. */
  codeWasEnded(): void {
    this.#mayBeLost = this.#loading !== undefined && !this.#settled;
  }

  /** @throws MulanError `session.libraryLost` instead of waiting without end; whatever loading throws */
  ready(): Promise<void> {
    if (!this.#loading) {
      const settle = () => {
        this.#settled = true;
      };
      this.#loading = this.#load();
      this.#loading.then(settle, settle);
    }
    return this.#mayBeLost && !this.#settled
      ? Promise.race([this.#loading, this.#giveUp()])
      : this.#loading;
  }

  async #giveUp(): Promise<never> {
    await setTimeout(this.#patienceMs, undefined, { ref: false });
    throw new MulanError("session.libraryLost", "the library is not there", {
      got: `an interrupt while it was loading, and nothing for ${this.#patienceMs / 1000} s since`,
      remedy: "Restart the kernel; on a very busy machine, run the cell again first",
    });
  }
}
