import { MulanError } from "../../foundation/errors.ts";

/** Characters around the fault that V8 quotes when it gives no position. */
const QUOTED_BEFORE = 10;

/**
 * JSON with a fault named by line and column.
 * @param firstLine the line of the file that `text` begins in
 * @throws MulanError `dataset.json`
 */
export function parseJson(text: string, path: string, firstLine = 1): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const { line, column } = lineAndColumn(text, faultAt(message, text));
    throw new MulanError(
      "dataset.json",
      message.replace(/ in JSON at position.*$|, ".*is not valid JSON$/s, ""),
      { subject: `${path}:${firstLine + line - 1}:${column}`, expected: "JSON" },
      { cause: error },
    );
  }
}

function faultAt(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const quoted = /, (?:\.\.\.)?"(.*?)"(?:\.\.\.)? is not valid JSON$/s.exec(message)?.[1];
  const at = quoted === undefined ? -1 : text.indexOf(quoted);
  if (at < 0) return text.length;
  // A short text is quoted whole, and says nothing about where.
  const token = /^Unexpected token '(.)'/su.exec(message)?.[1] ?? "";
  const within = at === 0 ? quoted!.indexOf(token) : QUOTED_BEFORE;
  return at + Math.max(0, within);
}

/** Both from 1; columns count UTF-16 units, as editors do. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position);
  const line = before.split("\n").length;
  return { line, column: position - (before.lastIndexOf("\n") + 1) + 1 };
}
