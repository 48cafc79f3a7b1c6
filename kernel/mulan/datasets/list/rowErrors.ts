import { type ErrorParts, type Failure, MulanError } from "../../foundation/errors.ts";

/** Where a row stands, as editors and terminals link it. */
export function placeOf(path: string, line: number, column?: number): string {
  return column === undefined ? `${path}:${line}` : `${path}:${line}:${column}`;
}

/** A row that cannot be used while the rest can. */
export function rowFailure(
  path: string,
  line: number,
  problem: string,
  parts: Omit<ErrorParts, "subject">,
): Failure {
  const subject = placeOf(path, line);
  return { source: subject, error: new MulanError("dataset.row", problem, { subject, ...parts }) };
}

/** 'column 3 ("guitar") is wrong': columns are counted from 1, as spreadsheets do. */
export function wrongColumn(index: number, name: string): string {
  return `column ${index + 1} (${JSON.stringify(name)}) is wrong`;
}

export { shown } from "./shown.ts";
