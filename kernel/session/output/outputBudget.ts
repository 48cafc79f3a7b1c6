import type { CellRun } from "../evaluate/cellRun.ts";
import type { Bundle } from "../protocol.ts";

/** A cell has written more than a notebook should hold. */
export class OutputLimitError extends Error {
  override readonly name = "OutputLimitError";
  constructor(limitChars: number) {
    const limit =
      limitChars >= 2 ** 20 ? `${Math.round(limitChars / 2 ** 20)} MB` : `${limitChars} characters`;
    super(
      `the cell's output is larger than ${limit}; the rest was left out. Show less, or write to a file`,
    );
  }
}

/** Takes a bundle's size from what the run may still send. @throws OutputLimitError */
export function spend(run: CellRun, bundle: Bundle): void {
  let chars = 0;
  for (const content of Object.values(bundle)) {
    chars += typeof content === "string" ? content.length : (JSON.stringify(content)?.length ?? 0);
  }
  if (chars > run.leftChars) throw new OutputLimitError(run.limitChars);
  run.leftChars -= chars;
}
