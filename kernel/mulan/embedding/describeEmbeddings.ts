import type { Failure } from "../foundation/errors.ts";
import type { NormsBefore } from "./unitRows.ts";
import type { WindowRows } from "./windowRows.ts";

const HEAD_ROWS = 5;
const TAIL_ROWS = 2;
const HEAD_NUMBERS = 3;
const LABEL_CHARS = 40;
const SHOWN_FAILURES = 5;

interface Described {
  readonly data: Float32Array;
  readonly n: number;
  readonly dim: number;
  readonly labels: readonly string[];
  readonly modality: string;
  readonly modelId: string;
  readonly windows: WindowRows | undefined;
  readonly failures: readonly Failure[];
  readonly normsBefore: NormsBefore | undefined;
}

/** A heading, the first and last rows as numpy prints them, and what failed. */
export function describeEmbeddings(embeddings: Described): string {
  const { n, dim, modality, modelId, windows, failures, normsBefore } = embeddings;
  const facts = [modality !== "unknown" && modality, modelId].filter(Boolean).join(", ");
  const lines = [`Embeddings ${n} × ${dim}${facts ? ` (${facts})` : ""}`];
  for (const index of shownRows(n)) {
    lines.push(index === undefined ? "  …" : rowLine(embeddings, index));
  }
  if (windows) lines.push(`  ${windows.offsets[n]} window rows kept`);
  if (normsBefore) {
    const { min, max } = normsBefore;
    lines.push(
      `  rows scaled to length 1; they had ${min.toPrecision(4)} to ${max.toPrecision(4)}`,
    );
  }
  if (failures.length > 0) lines.push(...failureLines(failures));
  return lines.join("\n");
}

export function shorten(text: string, maxChars = LABEL_CHARS): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length > maxChars
    ? `${characters.slice(0, maxChars - 1).join("")}…`
    : characters.join("");
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;

/** The columns that a text takes in a terminal: ideographs and emoji take two. */
export function textColumns(text: string): number {
  return Array.from(text, (character) => (WIDE.test(character) ? 2 : 1)).reduce(
    (sum, columns) => sum + columns,
    0,
  );
}

function shownRows(n: number): (number | undefined)[] {
  if (n <= HEAD_ROWS + TAIL_ROWS + 1) return [...Array(n).keys()];
  const tail = Array.from({ length: TAIL_ROWS }, (_, i) => n - TAIL_ROWS + i);
  return [...Array(HEAD_ROWS).keys(), undefined, ...tail];
}

function rowLine({ data, dim, labels, n }: Described, index: number): string {
  const from = index * dim;
  const number = (value: number) => value.toFixed(4).padStart(7);
  const all = dim <= HEAD_NUMBERS + 2;
  const head = [...data.subarray(from, from + (all ? dim : HEAD_NUMBERS))].map(number);
  const numbers = all ? head : [...head, "…", number(data[from + dim - 1]!)];
  const place = String(index).padStart(String(n - 1).length);
  return `  ${place}  [${numbers.join(" ")}]  ${shorten(labels[index]!)}`;
}

function failureLines(failures: readonly Failure[]): string[] {
  const more = failures.length - SHOWN_FAILURES;
  return [
    `  ${failures.length} failed:`,
    ...failures.slice(0, SHOWN_FAILURES).map(({ error }) => `    ${error.message}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}
