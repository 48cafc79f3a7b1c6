import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../mulan/foundation/packageRoot.ts";
import type { ErrorFrame } from "../protocol.ts";
import type { Position } from "../transform/cellSyntaxError.ts";
import { hideMarks } from "../transform/hoistedName.ts";
import { SourcePositions } from "../transform/sourcePositions.ts";
import { isLocalTypeScript, readLocalSource } from "./localSource.ts";
import type { ScriptRegistry } from "./scripts.ts";

/**
 * A line of a stack's text: "    at f (cell 3:2:5)", the run's count, line and column, or a file's path in place of
 * the cell; both may stand without a name. Folders may have parentheses and blanks in their names.
 */
const FRAME =
  /^\s+at (?:async )?(?:(.*?) \((?=cell \d|\/|[A-Za-z]:\\))?(?:cell (\d+)|(\/.*|[A-Za-z]:\\.*)):(\d+):(\d+)\)?$/;

const ENGINE_FOLDER = join(packageRoot, "dist");

/**
 * From here on the text of every error's `stack` lists the user's own code only, in the lines that the
 * user wrote. Set `MULAN_ENGINE_STACKS=full` to see all of it.
 */
export function installStackFrames(scripts: ScriptRegistry): void {
  const full = process.env.MULAN_ENGINE_STACKS === "full";
  Error.prepareStackTrace = (error, sites) => {
    const lines = sites.flatMap((site) => {
      const place = describePlace(site, scripts) ?? (full ? site.toString() : undefined);
      return place === undefined ? [] : [`    at ${place}`];
    });
    return [headline(error), ...lines].join("\n");
  };
}

/** The frames that a stack's text lists. */
export function framesOf(stack: string, scripts: ScriptRegistry): ErrorFrame[] {
  return stack.split("\n").flatMap((text): ErrorFrame[] => {
    const parts = FRAME.exec(text);
    if (!parts) return [];
    const [, functionName, count, file] = parts;
    const place = {
      ...(functionName !== undefined && { functionName }),
      line: Number(parts[4]),
      column: Number(parts[5]),
    };
    if (file !== undefined) return [{ file, ...place }];
    const executionCount = Number(count);
    const cellId = scripts.runOf(executionCount)?.cellId;
    return [{ ...(cellId !== undefined && { cellId }), executionCount, ...place }];
  });
}

function describePlace(site: NodeJS.CallSite, scripts: ScriptRegistry): string | undefined {
  const name = site.getScriptNameOrSourceURL?.() ?? site.getFileName();
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (!name || line === null || column === null) return undefined;
  const place = cellPlace(name, line, column, scripts) ?? filePlace(name, line, column);
  if (place === undefined) return undefined;
  const text = hideMarks(site.toString());
  const named = /^(.*?) \(.*\)$/s.exec(text)?.[1];
  if (named) return `${named} (${place})`;
  return text.startsWith("async ") ? `async ${place}` : place;
}

function cellPlace(
  name: string,
  line: number,
  column: number,
  scripts: ScriptRegistry,
): string | undefined {
  const script = scripts.get(name);
  const original = script?.cell.positions.original({ line, column });
  return script && original
    ? `cell ${script.run.executionCount}:${original.line}:${original.column}`
    : undefined;
}

/** The user's own files; not packages, not this engine, not Node. */
function filePlace(name: string, line: number, column: number): string | undefined {
  const path = name.startsWith("file://") ? fileURLToPath(name) : name;
  const isPath = path.startsWith("/") || /^[A-Za-z]:\\/.test(path);
  if (!isPath || path.includes("node_modules") || path.startsWith(ENGINE_FOLDER)) {
    return undefined;
  }
  const at = isLocalTypeScript(path) ? originalInFile(path, { line, column }) : { line, column };
  return `${path}:${at.line}:${at.column}`;
}

function originalInFile(path: string, at: Position): Position {
  try {
    return new SourcePositions([readLocalSource(path).map]).original(at) ?? at;
  } catch {
    return at;
  }
}

function headline(error: Error): string {
  try {
    return hideMarks(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}
