import type { ActivationFunction, OutputItem } from "vscode-notebook-renderer";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import type { Family, FigureOf } from "../../kernel/mulan/figures/contract.ts";
import { html } from "./dom.ts";
import { createKernelLink, type KernelLink, type OutputLink } from "./kernel/kernelLink.ts";
import { drawnAnew, takeOver, unfinishedIn } from "./kernel/unfinished.ts";
import { putBack, readHalfTyped } from "./shell/halfTyped.ts";
import { figureStyle } from "./shell/style.ts";

/** Where and with what a family draws one output. */
export interface Place<F extends Family> {
  readonly host: HTMLElement;
  readonly figure: FigureOf[F];
  readonly link: OutputLink;
  /** Names the output on this page; the host is told another name (see `namedBy`). */
  readonly outputId: string;
  /** Aborted when the output is drawn anew or goes. */
  readonly signal: AbortSignal;
}

/** A family's entry for VS Code: each output gets a shadow root, a figure and an end. */
export function defineRenderer<F extends Family>(
  family: F,
  draw: (place: Place<F>) => void,
): ActivationFunction {
  return (context) => {
    const link = createKernelLink(context);
    const living = new Map<string, Living>();
    const end = (id: string, why?: typeof drawnAnew): void => {
      const drawing = living.get(id);
      living.delete(id);
      if (!drawing) return;
      const unfinished = unfinishedIn(id);
      unfinished.halfTyped = readHalfTyped(drawing.host.shadowRoot, unfinished.halfTyped);
      drawing.controller.abort(why);
    };
    return {
      renderOutputItem(item, host) {
        end(item.id, drawnAnew);
        const controller = new AbortController();
        living.set(item.id, { controller, host });
        const { signal } = controller;
        const content = contentOf(item);
        try {
          draw({
            host,
            figure: takeOver(item.id, content, parse(item, family)),
            link: namedBy(content, link),
            outputId: item.id,
            signal,
          });
          goOnTyping(item.id, host, signal);
        } catch (error) {
          showFault(host, error);
        }
      },
      disposeOutputItem(id) {
        // Without an id everything goes: the notebook was closed or cleared.
        for (const each of id === undefined ? [...living.keys()] : [id]) end(each);
      },
    };
  };
}

interface Living {
  readonly controller: AbortController;
  readonly host: HTMLElement;
}

/** Read when it is asked for first: a large figure's takes milliseconds. */
function contentOf(item: OutputItem): () => string {
  let id: string | undefined;
  return () => {
    id ??= contentId(item.data());
    return id;
  };
}

/** The host does not know the page's ids of outputs: what is told to it names an output by its content. */
function namedBy(content: () => string, link: KernelLink): OutputLink {
  return {
    ...link,
    contentId: content,
    tell: (message) => link.tell({ ...message, outputId: content() }),
  };
}

function goOnTyping(outputId: string, host: HTMLElement, signal: AbortSignal): void {
  const unfinished = unfinishedIn(outputId);
  const { halfTyped } = unfinished;
  if (!halfTyped || !host.shadowRoot) return;
  putBack(host.shadowRoot, halfTyped, signal, () => {
    unfinished.halfTyped = undefined;
  });
}

function parse<F extends Family>(item: OutputItem, family: F): FigureOf[F] {
  const figure: unknown = item.json();
  const { family: found, version } = (figure ?? {}) as { family?: unknown; version?: unknown };
  if (found !== family || version !== 1) {
    throw new Error(
      `this output was written by another version of MuLan Notebooks (${String(found)} ${String(version)}); run its cell again`,
    );
  }
  // The engine of this package writes figures whole; what a person changed by hand is told by what fails below.
  return figure as FigureOf[F];
}

function showFault(host: HTMLElement, error: unknown): void {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [figureStyle()];
  const reason = error instanceof Error ? error.message : String(error);
  root.replaceChildren(
    html("div", { class: "status error", role: "alert" }, `This figure cannot be drawn: ${reason}`),
  );
}
