import { transformSync } from "oxc-transform";
import { CellSyntaxError, positionAt } from "./cellSyntaxError.ts";
import type { MapSource } from "./sourcePositions.ts";

export interface Stripped {
  readonly code: string;
  readonly map: MapSource;
}

/**
 * TypeScript → JavaScript: types go; enums, namespaces and parameter properties become code.
 * Imports that this text does not use stay, because a later cell may use them.
 * @throws CellSyntaxError
 */
export function stripTypes(source: string): Stripped {
  const { code, map, errors } = transformSync("cell.ts", source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    target: "esnext",
    typescript: { onlyRemoveTypeImports: true },
  });
  const error = errors.find(({ severity }) => severity === "Error");
  if (error) {
    // "has already been declared" labels both places, the second is the one to mend.
    const at = error.labels.at(-1)?.start ?? 0;
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
