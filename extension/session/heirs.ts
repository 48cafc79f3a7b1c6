/** What tells one notebook from another; VS Code's NotebookDocument has it. */
export interface NotebookLook {
  readonly uri: { readonly scheme: string };
  readonly notebookType: string;
  getCells(): readonly { readonly kind: number; readonly document: { getText(): string } }[];
}

/** Whether an untitled notebook goes on as this one: VS Code opens another document when it is saved under a name. */
export function goesOnAs(closed: NotebookLook, opened: NotebookLook): boolean {
  if (closed.uri.scheme !== "untitled" || opened.uri.scheme === "untitled") return false;
  if (closed.notebookType !== opened.notebookType) return false;
  const before = closed.getCells();
  const now = opened.getCells();
  return (
    before.length === now.length &&
    before.every(({ kind, document }, i) => {
      const other = now[i]!;
      return kind === other.kind && linesOf(document) === linesOf(other.document);
    })
  );
}

/** A file may have got other line ends. */
function linesOf(document: { getText(): string }): string {
  return document.getText().replaceAll("\r\n", "\n");
}

/** Opening and closing follow each other at once, in either order; a slow disk takes its time. */
const recentMs = 10_000;
const graceMs = 3000;

/** Finds what an untitled notebook became. */
export class Heirs<N extends NotebookLook> {
  readonly #openedMs = new Map<N, number>();
  readonly #waiting = new Set<{ readonly closed: N; readonly found: (heir: N) => void }>();

  opened(notebook: N): void {
    this.#openedMs.set(notebook, Date.now());
    for (const { closed, found } of this.#waiting) if (goesOnAs(closed, notebook)) found(notebook);
  }

  closed(notebook: N): void {
    this.#openedMs.delete(notebook);
  }

  /** The notebook that was opened with the same cells a moment ago, or will be; undefined where none is. */
  of(closed: N): Promise<N | undefined> {
    const latestFirst = [...this.#openedMs].reverse();
    const oldestMs = Date.now() - recentMs;
    const found = latestFirst.find(([opened, ms]) => ms >= oldestMs && goesOnAs(closed, opened));
    if (found) return Promise.resolve(found[0]);
    return new Promise((resolve) => {
      const end = (heir: N | undefined): void => {
        this.#waiting.delete(waiting);
        clearTimeout(timer);
        resolve(heir);
      };
      const waiting = { closed, found: end };
      const timer = setTimeout(() => end(undefined), graceMs);
      this.#waiting.add(waiting);
    });
  }
}
