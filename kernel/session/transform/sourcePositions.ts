import { SourceMap, type SourceMapPayload } from "node:module";
import type { Position } from "./cellSyntaxError.ts";

/** A rewriting step's source map; made when it is asked for, because only errors need it. */
export type MapSource = () => SourceMapPayload;

/** Follows a position from the code that ran, through the maps of every rewriting step, to the cell's text. */
export class SourcePositions {
  readonly #steps: readonly MapSource[];
  readonly #addedLines: number;
  #maps: readonly SourceMap[] | undefined;

  /**
   * @param steps the first rewriting step first
   * @param addedLines lines that were put above the cell's text before the first step
   */
  constructor(steps: readonly MapSource[], addedLines = 0) {
    this.#steps = steps;
    this.#addedLines = addedLines;
  }

  /** Undefined for code that no line of the cell stands for. */
  original({ line, column }: Position): Position | undefined {
    this.#maps ??= this.#steps.map((step) => new SourceMap(step())).reverse();
    let at = { line: line - 1, column: column - 1 };
    for (const map of this.#maps) {
      const entry = map.findEntry(at.line, at.column);
      if (!("originalLine" in entry)) return undefined;
      at = { line: entry.originalLine, column: entry.originalColumn };
    }
    return { line: at.line + 1 - this.#addedLines, column: at.column + 1 };
  }
}
