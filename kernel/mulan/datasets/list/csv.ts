import Papa from "papaparse";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import { lineAndColumn } from "./json.ts";
import { placeOf, rowFailure } from "./rowErrors.ts";

export interface CsvOptions {
  readonly path: string;
  readonly delimiter: string;
  /** Called once, before the first row. */
  readonly onHeader: (names: readonly string[]) => void;
  /** `fields` has as many entries as the header; `line` is where the row begins, from 1. */
  readonly onRow: (fields: readonly string[], line: number) => void;
}

/**
 * Walks a table with a header, row by row, so that a large one is never in memory as cells.
 * A row with too many or too few fields is a failure, and the rest goes on.
 * @throws MulanError `dataset.csv` where a quotation mark goes astray; `dataset.empty`
 */
export function walkCsv(text: string, options: CsvOptions): Failure[] {
  const { path, delimiter, onHeader, onRow } = options;
  // One kind of line end, so that a file joined from several programs' parts has rows at all.
  const plain = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  const failures: Failure[] = [];
  const lines = lineCounter(plain);
  let nFields = 0;
  Papa.parse<string[]>(plain, {
    delimiter,
    newline: "\n",
    step({ data, errors, meta }) {
      const line = lines.next(meta.cursor);
      if (errors.length > 0) throw brokenQuotes(plain, path, errors[0]!);
      if (data.length === 1 && data[0]!.trim() === "") return;
      if (nFields === 0) {
        nFields = data.length;
        onHeader(data.map((name) => name.trim()));
      } else if (data.length === nFields) onRow(data, line);
      else {
        failures.push(
          rowFailure(path, line, "the row has the wrong number of fields", {
            expected: `${nFields} as in the header`,
            got: `${data.length}`,
          }),
        );
      }
    },
  });
  if (nFields === 0) throw new MulanError("dataset.empty", "the file is empty", { subject: path });
  return failures;
}

/** Turns the parser's place after each row into the line that the row begins in. */
function lineCounter(text: string): { next(cursor: number): number } {
  let line = 1;
  let at = 0;
  return {
    next(cursor) {
      const begins = line;
      for (;;) {
        const end = text.indexOf("\n", at);
        if (end < 0 || end >= cursor) break;
        line += 1;
        at = end + 1;
      }
      return begins;
    },
  };
}

/** Where a quotation mark goes astray, rows run into one another: nothing behind it can be trusted. */
function brokenQuotes(text: string, path: string, { code, index }: Papa.ParseError): MulanError {
  // The parser points behind the opening mark.
  const { line, column } = lineAndColumn(text, (index ?? 1) - 1);
  const isOpen = code === "MissingQuotes";
  return new MulanError(
    "dataset.csv",
    isOpen ? "a quotation mark is never closed" : "a quotation mark stands inside a quoted field",
    {
      subject: placeOf(path, line, column),
      expected: isOpen
        ? 'a closing " before the next delimiter'
        : '"" for a mark inside quotes, and a delimiter after the closing one',
    },
  );
}

const DELIMITERS = [",", ";", "\t"];

/** The delimiter that divides the first line into the most fields; a comma where none does. */
export function guessDelimiter(text: string): string {
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const counts = DELIMITERS.map((delimiter) => head.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}
