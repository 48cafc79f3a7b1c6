import type { EngineEvent } from "./protocol.ts";

const STDERR_TAIL_CHARS = 4000;
const LEFT_OUT = "\n… the rest of what other processes wrote was left out\n";

type Stream = Extract<EngineEvent, { type: "stream" }>;

/** What came out of the engine's own pipes, past its events: native code and child processes write there. */
export class RawOutput {
  readonly #emit: (stream: Stream) => void;
  #cellId: string | undefined;
  #leftChars = 0;
  #stderrTail = "";

  constructor(emit: (stream: Stream) => void) {
    this.#emit = emit;
  }

  /** The last words of a crash. */
  get stderrTail(): string {
    return this.#stderrTail;
  }

  /** A new engine has said nothing yet. */
  forget(): void {
    this.#stderrTail = "";
  }

  /** From here on it belongs to this cell, which may show so much of it. */
  beginCell(cellId: string, limitChars: number): void {
    this.#cellId = cellId;
    this.#leftChars = limitChars;
  }

  hear(name: "stdout" | "stderr", text: string): void {
    if (name === "stderr") this.#stderrTail = (this.#stderrTail + text).slice(-STDERR_TAIL_CHARS);
    const cellId = this.#cellId;
    if (cellId === undefined || this.#leftChars <= 0) return;
    const kept = text.slice(0, this.#leftChars);
    this.#leftChars -= kept.length;
    this.#emit({ type: "stream", cellId, name, text: kept });
    if (this.#leftChars > 0) return;
    this.#emit({ type: "stream", cellId, name: "stderr", text: LEFT_OUT });
  }
}
