import { Script } from "node:vm";
import type { TransformedCell } from "../transform/transformCell.ts";
import type { CellRun } from "./cellRun.ts";

export interface RunScript {
  readonly script: Script;
  /** Of the latest run: an empty line more in the cell moves its positions, not its code. */
  cell: TransformedCell;
  /** The latest run of this very text. */
  run: CellRun;
}

/** Closures of old texts still need their positions, but not without end. */
const MAX_SCRIPTS = 1000;
const PREFIX = "cell:///";

/** Compiles cells, and knows which run a script in a stack belongs to. */
export class ScriptRegistry {
  readonly #byFilename = new Map<string, RunScript>();
  readonly #latestOfCell = new Map<string, RunScript>();

  /** A cell that is run again unchanged uses its script again, so that reruns cost no memory. */
  compile(run: CellRun, cell: TransformedCell): Script {
    const previous = this.#latestOfCell.get(run.cellId);
    if (previous && previous.cell.code === cell.code) {
      previous.run = run;
      previous.cell = cell;
      return previous.script;
    }
    const filename = `${PREFIX}${run.executionCount}`;
    const compiled = { script: new Script(cell.code, { filename }), cell, run };
    this.#latestOfCell.set(run.cellId, compiled);
    this.#byFilename.set(filename, compiled);
    if (this.#byFilename.size > MAX_SCRIPTS) {
      this.#byFilename.delete(this.#byFilename.keys().next().value ?? "");
    }
    return compiled.script;
  }

  runOf(executionCount: number): CellRun | undefined {
    for (const { run } of this.#byFilename.values()) {
      if (run.executionCount === executionCount) return run;
    }
    return undefined;
  }

  get(filename: string): RunScript | undefined {
    return this.#byFilename.get(filename);
  }
}
