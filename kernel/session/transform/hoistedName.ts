/**
 * A cell's top-level names become script-level variables with a zero-width non-joiner at their end.
 * So `const process = 1` never touches the global that libraries use, all cells share one fast binding
 * per name, and a message such as "x is not defined" still reads as the user wrote it.
 */
const MARK = "\u200c";

export function hoistedName(name: string): string {
  return name + MARK;
}

/** The parameter by which a cell's code reaches the engine. No user name can be equal to it. */
export const RUNTIME = `cell${MARK}${MARK}`;

const MARKS_AT_NAME_ENDS = /(?<=[\p{ID_Continue}$])\u200c+(?![\p{ID_Continue}$])/gu;

/** Removes the marks from a message. Joiners inside words (Persian needs them) stay. */
export function hideMarks(text: string): string {
  return text.includes(MARK) ? text.replace(MARKS_AT_NAME_ENDS, "") : text;
}
