import { Console } from "node:console";
import { type CellRun, here, lastRun } from "../evaluate/cellRun.ts";
import { nativeSetImmediate } from "../evaluate/turns.ts";
import { sendEvent } from "./eventPipe.ts";
import { OutputLimitError } from "./outputBudget.ts";

type StreamName = "stdout" | "stderr";

const WINDOW_MS = 40;
/** So many pieces a window go out at once: what a cell prints before it hangs or dies is seen. */
const PIECES_AT_ONCE = 20;
const FLUSH_ABOVE_CHARS = 64 * 1024;

/**
 * Gathers what cells print and sends it in few pieces: one message a line would take forty times as
 * long. A loop that never pauses gets its output out too, because writing looks at the clock.
 */
export class Streams {
  #run: CellRun | undefined;
  #name: StreamName = "stdout";
  #pieces: string[] = [];
  #chars = 0;
  #windowStartMs = 0;
  #piecesInWindow = 0;
  #scheduled = false;
  /** @throws OutputLimitError */
  write(name: StreamName, text: string, run = here() ?? lastRun()): void {
    if (!run || text === "") return;
    if (run !== this.#run || name !== this.#name) {
      this.flush();
      this.#run = run;
      this.#name = name;
    }
    const kept = text.length <= run.leftChars ? text : text.slice(0, run.leftChars);
    this.#pieces.push(kept);
    this.#chars += kept.length;
    run.leftChars -= kept.length;
    if (kept.length < text.length) {
      this.flush();
      throw new OutputLimitError(run.limitChars);
    }
    const nowMs = performance.now();
    const isNewWindow = nowMs - this.#windowStartMs > WINDOW_MS;
    if (isNewWindow) {
      this.#windowStartMs = nowMs;
      this.#piecesInWindow = 0;
    }
    this.#piecesInWindow++;
    if (isNewWindow || this.#piecesInWindow <= PIECES_AT_ONCE || this.#chars > FLUSH_ABOVE_CHARS) {
      this.flush();
    } else if (!this.#scheduled) {
      this.#scheduled = true;
      nativeSetImmediate(() => {
        this.#scheduled = false;
        this.flush();
      });
    }
  }

  /** To be called before any other event is sent, so that outputs keep their order. */
  flush(): void {
    if (this.#chars === 0 || !this.#run) return;
    const text = this.#pieces.join("");
    this.#pieces = [];
    this.#chars = 0;
    sendEvent({ type: "stream", cellId: this.#run.cellId, name: this.#name, text });
  }

  /** Leads `console` and `process.stdout` and `stderr` here. */
  capture(): void {
    const console = new Console({
      stdout: this.#sink("stdout"),
      stderr: this.#sink("stderr"),
      colorMode: true,
      ignoreErrors: false,
    });
    // Whoever has a reference to the global console keeps it: only its methods change.
    for (const [name, value] of Object.entries(console)) {
      if (typeof value === "function") Reflect.set(globalThis.console, name, value);
    }
    for (const name of ["stdout", "stderr"] as const) {
      process[name].write = this.#sink(name).write as typeof process.stdout.write;
    }
  }

  /** As much of a writable stream as Console and users of process.stdout need. */
  #sink(name: StreamName): NodeJS.WritableStream {
    const decoder = new TextDecoder();
    const write = (chunk: unknown, encoding?: unknown, done?: unknown) => {
      const text =
        typeof chunk === "string" ? chunk : decoder.decode(chunk as Uint8Array, { stream: true });
      this.write(name, text);
      const callback = typeof encoding === "function" ? encoding : done;
      if (typeof callback === "function") void Promise.resolve().then(() => callback());
      return true;
    };
    const nothing = () => undefined;
    const sink = {
      write,
      on: nothing,
      once: nothing,
      removeListener: nothing,
      listenerCount: () => 0,
    };
    return sink as unknown as NodeJS.WritableStream;
  }
}
