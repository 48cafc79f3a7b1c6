import type MagicString from "magic-string";
import type { TopLevelStatement } from "./topLevel.ts";

/** Makes the last statement's value the cell's result when that statement is an expression. */
export function captureResult(text: MagicString, statements: readonly TopLevelStatement[]): void {
  const last = statements.at(-1)?.node;
  if (last?.type !== "ExpressionStatement") return;
  const hasSemicolon = text.original[last.end - 1] === ";";
  const end = hasSemicolon ? last.end - 1 : last.end;
  // In front of what is there already: the parenthesis around a default export without a name.
  text.prependRight(last.start, "return (");
  text.prependLeft(end, ")");
}
