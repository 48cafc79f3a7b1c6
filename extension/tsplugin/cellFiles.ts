/**
 * How VS Code names a notebook's cells to the TypeScript server: a prefix, the scheme, an authority, the
 * notebook's path and the cell's own mark behind "#". TypeScript itself puts a folder in front at times.
 */
const CELL_FILE = /(?:^|\/)\^\/vscode-notebook-cell\/[^/]*(\/.*?\.ipynb)#(.+?)(?:\.[cm]?[jt]sx?)?$/;

export interface CellFile {
  /** Path of the notebook. */
  readonly notebook: string;
  /** Names the cell inside its notebook. */
  readonly mark: string;
}

export function readCellFile(fileName: string): CellFile | undefined {
  const found = CELL_FILE.exec(fileName);
  const [, notebook, mark] = found ?? [];
  return notebook !== undefined && mark !== undefined ? { notebook, mark } : undefined;
}
