import { stripVTControlCharacters } from "node:util";
import {
  type CellError,
  type Outcome,
  type SessionEvent,
  Supervisor,
  type SupervisorOptions,
} from "../../kernel/session/index.ts";

/** What a person sees under one cell. */
export interface Shown {
  readonly outcome: Outcome;
  /** The result's plain text without colours; undefined where no result is shown. */
  readonly result: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: readonly string[];
  readonly errors: readonly CellError[];
  readonly events: readonly SessionEvent[];
}

/** One engine whose cells a test runs one after the other; a cell's id is given or counted. */
export class TestSession implements AsyncDisposable {
  readonly supervisor: Supervisor;
  readonly events: SessionEvent[] = [];
  #count = 0;

  constructor(options: SupervisorOptions = {}) {
    this.supervisor = new Supervisor(options);
    this.supervisor.on((event) => this.events.push(event));
  }

  async run(code: string, cellId = `cell-${++this.#count}`): Promise<Shown> {
    const from = this.events.length;
    const outcome = await this.supervisor.execute(code, { cellId });
    return shownIn(this.events.slice(from), cellId, outcome);
  }

  /** What a cell shows that was run before, later outputs included. */
  shown(cellId: string): Shown {
    return shownIn(this.events, cellId, { status: "ok" });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.supervisor.shutdown();
  }
}

function shownIn(all: readonly SessionEvent[], cellId: string, outcome: Outcome): Shown {
  const events = all.filter((event) => "cellId" in event && event.cellId === cellId);
  const text = (name: string) =>
    events
      .flatMap((event) => (event.type === "stream" && event.name === name ? [event.text] : []))
      .join("");
  const plain = (bundle: Readonly<Record<string, unknown>>) =>
    stripVTControlCharacters(String(bundle["text/plain"]));
  const results = events.flatMap((event) => (event.type === "result" ? [plain(event.bundle)] : []));
  return {
    outcome,
    result: results[0],
    stdout: text("stdout"),
    stderr: text("stderr"),
    displays: events.flatMap((event) => (event.type === "display" ? [plain(event.bundle)] : [])),
    errors: events.flatMap((event) => (event.type === "error" ? [event.error] : [])),
    events,
  };
}
