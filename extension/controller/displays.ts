import type { NotebookCell, NotebookCellOutput } from "vscode";

/** An output that a cell may change later by its id. */
export interface PlacedDisplay {
  readonly cell: NotebookCell;
  readonly output: NotebookCellOutput;
}

/** Where the displays of one engine stand. A display that is shown twice changes in both places. */
export class Displays {
  readonly #places = new Map<string, PlacedDisplay[]>();

  add(displayId: string, place: PlacedDisplay): void {
    const places = this.#places.get(displayId);
    if (places) places.push(place);
    else this.#places.set(displayId, [place]);
  }

  of(displayId: string): readonly PlacedDisplay[] {
    return this.#places.get(displayId) ?? [];
  }

  /** The cell was cleared or run again. */
  forgetCell(cell: NotebookCell): void {
    for (const [id, places] of this.#places) {
      const kept = places.filter((place) => place.cell !== cell);
      if (kept.length > 0) this.#places.set(id, kept);
      else this.#places.delete(id);
    }
  }
}
