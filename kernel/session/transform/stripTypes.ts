import { transformSync } from "oxc-transform";
import { CellSyntaxError, positionAt } from "./cellSyntaxError.ts";
import type { MapSource } from "./sourcePositions.ts";

export interface Stripped {
  readonly code: string;
  readonly map: MapSource;
}

/**
 * TypeScript → JavaScript: types go; enums, namespaces and parameter properties become code.
 * @param unusedImports a cell keeps them, because a later cell may use them; in a file they are types
 * @throws CellSyntaxError
 */
export function stripTypes(source: string, unusedImports: "keep" | "elide" = "keep"): Stripped {
  const { code, map, errors } = transformSync("cell.ts", source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    target: "esnext",
    typescript: { onlyRemoveTypeImports: unusedImports === "keep" },
  });
  const error = errors.find(({ severity }) => severity === "Error");
  if (error) {
    // "has already been declared" labels both places, the second is the one to mend.
    const atByte = error.labels.at(-1)?.start ?? 0;
    const at = Buffer.from(source, "utf8").subarray(0, atByte).toString("utf8").length;
    throw new CellSyntaxError(plain(error.message), positionAt(source, at));
  }
  return { code, map: () => ({ ...emptyMap, ...map }) };
}

const emptyMap = {
  version: 3,
  file: "",
  sources: [],
  sourcesContent: [],
  names: [],
  mappings: "",
  sourceRoot: "",
};

function plain(message: string): string {
  return message.replace(/^TS\(\d+\): /, "").replaceAll("`", "'");
}
