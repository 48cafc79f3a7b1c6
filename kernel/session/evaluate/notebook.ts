import { runInThisContext } from "node:vm";
import type { DeclarationKind } from "../transform/findDeclarations.ts";
import { hideMarks, hoistedName } from "../transform/hoistedName.ts";
import { transformCell } from "../transform/transformCell.ts";
import { back, begin, type CellRun, here } from "./cellRun.ts";
import type { Importer } from "./importer.ts";
import { gate, throwIfInterrupted } from "./interruption.ts";
import type { ScriptRegistry } from "./scripts.ts";

/** What a cell's code reaches by its only parameter. */
interface Runtime {
  readonly here: typeof here;
  readonly back: (run: CellRun | undefined, value?: unknown) => unknown;
  readonly gate: typeof gate;
  readonly tidy: (error: unknown) => void;
  readonly importNames: Importer["importNames"];
  readonly importDynamic: Importer["import"];
  readonly meta: Importer["meta"];
}

type CellFunction = (runtime: Runtime) => Promise<unknown>;

/** The names that cells have declared, and how a cell's text is run among them. */
export class Notebook {
  readonly #known = new Map<string, DeclarationKind>();
  readonly #provided = new Set<string>();
  readonly #bound = new Set<string>();
  readonly #scripts: ScriptRegistry;
  readonly #runtime: Runtime;

  constructor(importer: Importer, scripts: ScriptRegistry) {
    this.#scripts = scripts;
    this.#runtime = {
      here,
      back: (run, value) => {
        back(run);
        if (run) throwIfInterrupted(run);
        return value;
      },
      gate,
      tidy: tidyMessage,
      importNames: importer.importNames.bind(importer),
      importDynamic: importer.import.bind(importer),
      meta: importer.meta,
    };
  }

  /** Names that cells find there without declaring them; a cell that declares one has its own from then on. */
  provide(values: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.#known.has(name)) continue;
      this.#bind([name]);
      this.#provided.add(name);
      this.#known.set(name, "let");
      const assign = runInThisContext(`(value) => { ${hoistedName(name)} = value; }`);
      (assign as (value: unknown) => void)(value);
    }
  }

  /** What the cells declared, in the order in which they did so. */
  get names(): readonly string[] {
    return [...this.#known.keys()].filter((name) => !this.#provided.has(name));
  }

  /** Every name that a cell may use without declaring it. */
  get visibleNames(): readonly string[] {
    return [...this.#known.keys()];
  }

  valueOf(name: string): unknown {
    return this.#bound.has(name) ? runInThisContext(hoistedName(name)) : undefined;
  }

  /**
   * Runs a cell and answers its last expression's value, a promise's value included.
   * @param enter is awaited before the user's code begins, in the turn in which it does
   * @throws CellSyntaxError before anything has run; whatever the cell throws
   */
  async evaluate(run: CellRun, source: string, enter: () => Promise<void>): Promise<unknown> {
    const transformed = transformCell(source, {
      known: this.#known,
      isGlobal: (name) => name in globalThis,
    });
    const script = this.#scripts.compile(run, transformed);
    this.#bind([...transformed.declared.keys()]);
    for (const [name, kind] of transformed.declared) {
      this.#known.delete(name);
      this.#provided.delete(name);
      this.#known.set(name, kind);
    }
    const cell = script.runInThisContext() as CellFunction;
    await enter();
    begin(run);
    return cell(this.#runtime);
  }

  #bind(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.#bound.has(name));
    if (fresh.length === 0) return;
    runInThisContext(`let ${fresh.map(hoistedName).join(", ")};`);
    for (const name of fresh) this.#bound.add(name);
  }
}

/** V8 writes hoisted names into its messages: show them as the user wrote them. */
export function tidyMessage(error: unknown): void {
  if (!(error instanceof Error)) return;
  // Only V8's own messages hold marks, and those are plain data properties.
  const message: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
  if (typeof message !== "string") return;
  const tidy = hideMarks(message);
  if (tidy !== message) error.message = tidy;
}
