import { randomUUID } from "node:crypto";
import { cellTags, type Notebook, type NotebookCell } from "./notebookFile.ts";
import { UsageError } from "./usageError.ts";

export type ParameterValue = string | number | boolean | null;

/**
 * Reads `name=value` as papermill does: true, false, null, Python's True, False and None, and numbers
 * are what they look like, everything else is a string (quotes, "…", force one).
 * @throws UsageError
 */
export function parseParameter(text: string): [name: string, value: ParameterValue] {
  const [, name, raw] = /^([A-Za-z_$][\w$]*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || raw === undefined) {
    throw new UsageError(
      `-p: expected name=value, with a name that TypeScript allows, got ${JSON.stringify(text)}`,
    );
  }
  return [name, parseValue(raw)];
}

/** As they are written here and in Python, where papermill is called from. */
const words = new Map<string, boolean | null>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);

function parseValue(raw: string): ParameterValue {
  const word = words.get(raw);
  if (word !== undefined) return word;
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(raw)) return Number(raw);
  const quoted = /^(["'])(.*)\1$/s.exec(raw);
  return quoted?.[2] ?? raw;
}

/**
 * Puts a cell with the given values behind the cell tagged "parameters" (or first, when there is none);
 * a cell injected by an earlier run is replaced.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: ReadonlyMap<string, ParameterValue>,
): Notebook {
  if (parameters.size === 0) return notebook;
  const cells = notebook.cells.filter((cell) => !cellTags(cell).includes("injected-parameters"));
  const after = cells.findIndex((cell) => cellTags(cell).includes("parameters"));
  const cell = injectedCell(parameters, notebook.nbformat_minor >= FIRST_MINOR_WITH_IDS);
  return { ...notebook, cells: cells.toSpliced(after + 1, 0, cell) };
}

/** nbformat 4.4 and older allow no ids of cells. */
const FIRST_MINOR_WITH_IDS = 5;

function injectedCell(
  parameters: ReadonlyMap<string, ParameterValue>,
  withId: boolean,
): NotebookCell {
  const lines = [...parameters].map(([name, value]) => `let ${name} = ${literal(value)};`);
  return {
    cell_type: "code",
    execution_count: null,
    ...(withId && { id: randomUUID().slice(0, 8) }),
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source: ["// Parameters", ...lines].join("\n"),
  };
}

/** JSON has no word for what 1e999 is. */
function literal(value: ParameterValue): string {
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
