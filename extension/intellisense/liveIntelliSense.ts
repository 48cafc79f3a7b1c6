import {
  type CompletionItem,
  CompletionItemKind,
  Disposable,
  type DocumentSelector,
  Hover,
  languages,
  MarkdownString,
  type Position,
  Range,
  type TextDocument,
  workspace,
} from "vscode";
import { CELL_LANGUAGE, NOTEBOOK_TYPE } from "../ids.ts";
import type { NotebookSession } from "../session/notebookSession.ts";
import type { Sessions } from "../session/sessions.ts";
import { completionKind } from "./completionKind.ts";

// A selector with notebookType must not name the scheme of cells as well: it would match nothing.
const cells: DocumentSelector = [CELL_LANGUAGE, "javascript"].map((language) => ({
  language,
  notebookType: NOTEBOOK_TYPE,
}));

/** A running engine answers at once or not in time: the editor does not wait for the end of a cell. */
const PATIENCE_MS = 400;

/** Adds what only the running engine knows to what the TypeScript service says of the text. */
export function offerLiveValues(sessions: Sessions): Disposable {
  return Disposable.from(
    languages.registerCompletionItemProvider(
      cells,
      {
        provideCompletionItems: (document, position) => complete(sessions, document, position),
      },
      ".",
    ),
    languages.registerHoverProvider(cells, {
      provideHover: (document, position) => inspect(sessions, document, position),
    }),
  );
}

async function complete(
  sessions: Sessions,
  document: TextDocument,
  position: Position,
): Promise<CompletionItem[]> {
  const engine = await sessionOf(sessions, document)?.running();
  const offset = document.offsetAt(position);
  const found = await inTime(engine?.complete(document.getText(), offset));
  if (!found) return [];
  const range = new Range(document.positionAt(found.start), document.positionAt(found.end));
  return found.items.map(({ name, kind }) => ({
    label: { label: name, description: kind },
    kind: CompletionItemKind[completionKind(kind)],
    range,
    insertText: name,
    // Behind what the types say, which has documentation.
    sortText: `￿${name}`,
  }));
}

async function inspect(
  sessions: Sessions,
  document: TextDocument,
  position: Position,
): Promise<Hover | undefined> {
  const word = document.getWordRangeAtPosition(position);
  const engine = word && (await sessionOf(sessions, document)?.running());
  const found = await inTime(engine?.inspect(document.getText(), document.offsetAt(position)));
  if (!found) return undefined;
  const text = new MarkdownString(`now: *${escapeMarkdown(found.type)}*`);
  text.appendCodeblock(found.text, CELL_LANGUAGE);
  return new Hover(text, word);
}

function sessionOf(sessions: Sessions, document: TextDocument): NotebookSession | undefined {
  const notebook = workspace.notebookDocuments.find((notebook) =>
    notebook.getCells().some((cell) => cell.document === document),
  );
  const session = notebook && sessions.find(notebook);
  return session?.state.phase === "idle" ? session : undefined;
}

async function inTime<T>(answer: Promise<T> | undefined): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE_MS).unref();
  });
  return Promise.race([answer?.catch(() => undefined), late]);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+\-!|]/g, "\\$&");
}
