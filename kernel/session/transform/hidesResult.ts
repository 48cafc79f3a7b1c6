import jsTokens from "js-tokens";

/** Whether the text ends in a semicolon (comments and blanks aside): the cell then shows no result. */
export function hidesResult(source: string): boolean {
  let last = "";
  for (const token of jsTokens(source)) {
    if (!BLANK.has(token.type)) last = token.value;
  }
  return last === ";";
}

/** Whether the first thing after comments is a brace: perhaps an object literal, perhaps a block. */
export function startsWithBrace(source: string): boolean {
  for (const token of jsTokens(source)) {
    if (!BLANK.has(token.type)) return token.value === "{";
  }
  return false;
}

const BLANK = new Set([
  "WhiteSpace",
  "LineTerminatorSequence",
  "SingleLineComment",
  "MultiLineComment",
]);
