import { html } from "../dom.ts";
import { readTheme, type Theme, watchTheme } from "../look/theme.ts";
import { watchWidth } from "../look/watchWidth.ts";
import { type Announcer, createAnnouncer } from "./announcer.ts";
import { type ControlsRow, createControlsRow } from "./controlsRow.ts";
import { describeKeys, type KeyBinding, listenToKeys } from "./keys.ts";
import { createMenu } from "./menu.ts";
import { createStatusLine, type StatusLine } from "./status.ts";
import { figureStyle } from "./style.ts";
import { createTooltip, type Tooltip } from "./tooltip.ts";

/** The words around a drawing; a figure's JSON has them all. */
export interface FigureWords {
  readonly title: string;
  readonly reading: string;
  readonly footnote: string;
  readonly model: string | null;
  /** Lines below the footnote, unfolded with it. */
  readonly notes?: readonly string[];
}

/**
 * Title, controls, drawing, reading line and footnote in an output's shadow root. `drawing` is the family's own:
 * it takes the focus, its keys come from `bindKeys`, its size is for `onLayout` to choose.
 */
export interface FigureShell {
  readonly root: ShadowRoot;
  readonly drawing: HTMLElement;
  readonly controls: ControlsRow;
  readonly status: StatusLine;
  readonly announcer: Announcer;
  readonly tooltip: Tooltip;
  /** Aborted when the output goes. */
  readonly signal: AbortSignal;
  readonly theme: Theme;
  /** Px that a drawing may take; 0 before the first layout. */
  readonly width: number;
  setWords(words: FigureWords): void;
  /** Called with each new width and theme: at first as soon as both are known. */
  onLayout(draw: (widthPx: number, theme: Theme) => void): void;
  bindKeys(bindings: readonly KeyBinding[]): void;
}

export interface ShellOptions {
  /** What a screen reader calls the drawing: "heatmap". */
  readonly kind: string;
  readonly words: FigureWords;
  /** Height in px before the first layout, so that nothing below jumps. */
  readonly heightPx: number;
  readonly signal: AbortSignal;
}

/** Fills an output's element, whatever stood there before. */
export function createFigureShell(host: HTMLElement, options: ShellOptions): FigureShell {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [figureStyle()];
  const title = html("div", { class: "title" });
  const status = createStatusLine();
  const controls = createControlsRow();
  const announcer = createAnnouncer();
  const tooltip = createTooltip();
  const drawing = html("div", {
    class: "drawing",
    tabindex: 0,
    role: "application",
    "aria-roledescription": options.kind,
  });
  drawing.style.minHeight = `${options.heightPx}px`;
  const reading = html("div", { class: "reading" });
  const footnote = html("details", { class: "footnote" });
  const keyList = createMenu({
    label: "Keys",
    opener: drawing,
    fill: (box) => box.append(listOf(bindings)),
  });
  const figure = html(
    "figure",
    { class: "figure" },
    html("div", { class: "head" }, title, status.element),
    controls.element,
    drawing,
    reading,
    footnote,
    controls.menu.element,
    keyList.element,
    tooltip.element,
    announcer.element,
  );
  root.replaceChildren(figure);

  let bindings: readonly KeyBinding[] = [];
  let theme = readTheme();
  let width = Math.max(0, Math.floor(figure.clientWidth));
  let draw: ((widthPx: number, theme: Theme) => void) | undefined;
  const relayout = (): void => {
    if (width > 0) draw?.(width, theme);
  };
  const showContrast = (): void => {
    host.classList.toggle("high-contrast", theme.highContrast);
  };
  showContrast();
  const endings = [
    watchTheme((next) => {
      theme = next;
      showContrast();
      relayout();
    }),
    watchWidth(figure, (next) => {
      width = next;
      controls.arrange();
      relayout();
    }),
  ];
  options.signal.addEventListener("abort", () => {
    for (const end of endings) end();
    controls.menu.close();
    keyList.close();
    root.replaceChildren();
  });
  controls.addEntries({ label: "Keys", key: "?", run: () => keyList.open() });

  const shell: FigureShell = {
    root,
    drawing,
    controls,
    status,
    announcer,
    tooltip,
    signal: options.signal,
    get theme() {
      return theme;
    },
    get width() {
      return width;
    },
    setWords(words) {
      title.textContent = words.title;
      reading.textContent = words.reading;
      drawing.setAttribute("aria-label", `${words.title}. ${words.reading}`);
      footnote.hidden = words.footnote === "";
      footnote.replaceChildren(
        html("summary", {}, words.model ?? "About this figure"),
        html("div", {}, words.footnote),
        ...(words.notes ?? []).map((note) => html("div", {}, note)),
      );
    },
    onLayout(next) {
      draw = next;
      relayout();
    },
    bindKeys(next) {
      bindings = next;
    },
  };
  shell.setWords(options.words);
  listenToKeys({
    element: drawing,
    bindings: () => bindings,
    onHelp: () => (keyList.isOpen ? keyList.close() : keyList.open()),
    onLeave: () => drawing.blur(),
  });
  return shell;
}

function listOf(bindings: readonly KeyBinding[]): HTMLElement {
  return html(
    "dl",
    {},
    ...describeKeys(bindings).flatMap(({ shown, label }) => [
      html("dt", {}, shown),
      html("dd", {}, label),
    ]),
  );
}
