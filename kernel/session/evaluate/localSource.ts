import { readFileSync } from "node:fs";
import { CellSyntaxError } from "../transform/cellSyntaxError.ts";
import { lowerDecorators, lowerUsing } from "../transform/lowerSyntax.ts";
import { parseModule } from "../transform/parseModule.ts";
import { type Stripped, stripTypes } from "../transform/stripTypes.ts";

/** Whether this path is TypeScript of the user's own, which no Node from 20 on runs whole. */
export function isLocalTypeScript(path: string): boolean {
  return /\.[mc]?ts$/.test(path) && !path.includes("node_modules");
}

/** A local TypeScript file as JavaScript. @throws SyntaxError that names file, line and column */
export function readLocalSource(path: string): Stripped {
  const source = readFileSync(path, "utf8");
  try {
    const stripped = stripTypes(source, "elide");
    return parses(stripped.code) ? (loweredUsing(stripped) ?? stripped) : lowerDecorators(source);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const { line, column } = error.position;
    throw new SyntaxError(`${error.message} (${path}:${line}:${column})`);
  }
}

function parses(code: string): boolean {
  try {
    parseModule(code);
    return true;
  } catch {
    return false;
  }
}

function loweredUsing({ code }: Stripped): Stripped | undefined {
  return /\busing\b/.test(code) ? lowerUsing(code) : undefined;
}
