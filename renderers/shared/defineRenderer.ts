import type { ActivationFunction, OutputItem } from "vscode-notebook-renderer";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import type { Family, FigureOf } from "../../kernel/mulan/figures/contract.ts";
import { html } from "./dom.ts";
import { createKernelLink, type KernelLink } from "./kernel/kernelLink.ts";
import { figureStyle } from "./shell/style.ts";

/** Where and with what a family draws one output. */
export interface Place<F extends Family> {
  readonly host: HTMLElement;
  readonly figure: FigureOf[F];
  readonly link: KernelLink;
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
    const living = new Map<string, AbortController>();
    const end = (id: string): void => {
      living.get(id)?.abort();
      living.delete(id);
    };
    return {
      renderOutputItem(item, host) {
        end(item.id);
        const controller = new AbortController();
        living.set(item.id, controller);
        const { signal } = controller;
        try {
          draw({
            host,
            figure: parse(item, family),
            link: namedBy(item, link),
            outputId: item.id,
            signal,
          });
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

/** The host does not know the page's ids of outputs: what is told to it names an output by its content. */
function namedBy(item: OutputItem, link: KernelLink): KernelLink {
  return {
    ...link,
    tell: (message) => link.tell({ ...message, outputId: contentId(item.data()) }),
  };
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
