/** An error in a cell's text, found before anything of it has run. */
export class CellSyntaxError extends Error {
  override readonly name: string;
  /** Where in the text that the user wrote. */
  readonly position: Position;

  constructor(message: string, position: Position, name = "SyntaxError") {
    super(message);
    this.name = name;
    this.position = position;
  }
}

/** Both count from one; columns count UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  const line = before.split("\n").length;
  return { line, column: offset - lastBreak };
}
