/** A text that was longer than its model reads; counts are tokens. */
export interface CutText {
  readonly text: string;
  readonly nUsed: number;
  readonly nCut: number;
}

/** One warning for a whole call: a person may have thousands of long texts. */
export function warnOfCutTexts(cut: readonly CutText[]): void {
  const [{ text, nUsed, nCut }] = cut as [CutText];
  const start = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const others = cut.length > 1 ? ` (and ${cut.length - 1} more)` : "";
  console.warn(
    `embedText: "${start}"${others} is longer than the model reads: ${nUsed} tokens were used, about ${nCut} were left out`,
  );
}
