import createScatterplot, { createRenderer } from "regl-scatterplot";
import { html } from "../shared/dom.ts";
import { onePerPage } from "../shared/kernel/onePerPage.ts";
import type { Theme } from "../shared/look/theme.ts";
import { createDiamonds, type DiamondView } from "./diamonds.ts";
import type { Size } from "./geometry.ts";
import { channelsOf, hexColor } from "./hexColor.ts";

export interface ScatterEvents {
  onOver(index: number): void;
  onOut(): void;
  /** A point was pressed, or the ground between them. */
  onPress(index: number | undefined, event: MouseEvent): void;
  /** A lasso has been closed. */
  onLasso(indices: readonly number[]): void;
  /** Panned or zoomed. */
  onView(): void;
}

export interface ScatterLook {
  readonly theme: Theme;
  /** CSS colours by category. */
  readonly colors: readonly string[];
  readonly dotPx: number;
  /** 1 for each point `[n]` that is a diamond; undefined where all are discs. */
  readonly diamonds: Uint8Array | undefined;
}

/** WebGL dots that pan and zoom; all maps of the page share one context, of which Chromium keeps sixteen. */
export interface Scatter {
  readonly canvas: HTMLCanvasElement;
  /** @param plot `[n, 2]` @param categories `[n]` */
  draw(plot: Float32Array, categories: Uint8Array, size: Size, look: ScatterLook): Promise<void>;
  /** Px of a point in the plot as it is zoomed now. */
  place(index: number): { x: number; y: number } | undefined;
  select(indices: readonly number[]): void;
  setLasso(on: boolean): void;
  zoomBy(factor: number): void;
  showAll(): void;
}

/** A press that moved further than this was a drag; hands tremble. */
const pressPx = 6;

/** Undefined where the page has no WebGL. */
export function createScatter(events: ScatterEvents, signal: AbortSignal): Scatter | undefined {
  const renderer = onePerPage("scatterRenderer", makeRenderer);
  if (!renderer) return undefined;
  const canvas = html("canvas", { "aria-hidden": "true" });
  let drawn = false;
  let selected: readonly number[] = [];
  let lasso = false;
  let look: ScatterLook | undefined;
  let places: Float32Array = new Float32Array();
  const diamonds = createDiamonds(renderer);
  // The library draws discs only: what it hides, diamonds are drawn for, into the same picture.
  const both: typeof renderer = Object.create(renderer, {
    render: {
      value: (draw: () => void, target: HTMLCanvasElement) =>
        renderer.render(() => {
          draw();
          drawDiamonds(target);
        }, target),
    },
  });
  const plot = createScatterplot({
    renderer: both,
    canvas,
    lassoInitiator: false,
    lassoOnLongPress: false,
    showReticle: false,
    deselectOnDblClick: false,
    deselectOnEscape: false,
    // A worker for this would come from a blob, which a strict policy forbids.
    spatialIndexUseWorker: false,
  });
  // The view is drawn once a frame; labels follow it.
  plot.subscribe("view", () => events.onView());
  plot.subscribe("pointOver", (index) => events.onOver(index));
  plot.subscribe("pointOut", () => events.onOut());
  // After the event its own list of selected points is not always the lassoed one.
  let chosen: readonly number[] = [];
  plot.subscribe("select", ({ points }) => {
    chosen = points;
  });
  plot.subscribe("lassoStart", () => {
    chosen = [];
  });
  plot.subscribe("lassoEnd", () => {
    events.onLasso(chosen);
    restore();
  });
  const hovered = (): number | undefined => {
    const index = plot.get("hoveredPoint");
    return typeof index === "number" && index >= 0 ? index : undefined;
  };
  // At letting go, as onPress in elementAt.ts does. What counts is the point below the pointer when it went down: the
  // map follows a hand that trembles, and a map that is drawn anew forgets what was hovered.
  let pressed: { x: number; y: number; index: number | undefined } | undefined;
  canvas.addEventListener("pointerdown", ({ button, clientX, clientY }) => {
    pressed = button === 0 ? { x: clientX, y: clientY, index: hovered() } : undefined;
  });
  canvas.addEventListener("pointerup", (event) => {
    const from = event.button === 0 ? pressed : undefined;
    pressed = undefined;
    if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) > pressPx) return;
    events.onPress(from.index ?? hovered(), event);
  });
  // Its own selection of the clicked point is none of the notebook's.
  canvas.addEventListener("click", restore);
  signal.addEventListener("abort", () => {
    plot.destroy();
    diamonds.destroy();
  });

  function drawDiamonds(target: HTMLCanvasElement): void {
    if (!look?.diamonds) return;
    const camera = plot.get("camera");
    const view: DiamondView = {
      camera: camera.view,
      zoom: camera.scaling[0],
      aspect: target.width / target.height,
      dotPx: look.dotPx,
      opacity: opacityOf(look.diamonds.length),
    };
    diamonds.draw(target, view);
    const index = hovered();
    if (index === undefined || !look.diamonds[index]) return;
    const color = channelsOf(hexColor(look.theme.foreground));
    diamonds.drawHovered(target, view, [places[2 * index]!, places[2 * index + 1]!], color);
  }

  function setDiamonds(categories: Uint8Array, { colors, diamonds: which }: ScatterLook): void {
    const channels = colors.map((color) => channelsOf(hexColor(color)));
    const n = which?.reduce((sum, one) => sum + one, 0) ?? 0;
    const at = new Float32Array(2 * n);
    const ink = new Float32Array(3 * n);
    let k = 0;
    which?.forEach((one, i) => {
      if (one === 0) return;
      at.set(places.subarray(2 * i, 2 * i + 2), 2 * k);
      ink.set(channels[categories[i]!]!, 3 * k);
      k++;
    });
    diamonds.set(at, ink);
  }

  function restore(): void {
    if (!drawn) return;
    queueMicrotask(() => {
      if (signal.aborted) return;
      if (selected.length > 0) plot.select([...selected], { preventEvent: true });
      else plot.deselect({ preventEvent: true });
    });
  }

  return {
    canvas,
    async draw(points, categories, { width, height }, next) {
      const { theme, colors, dotPx } = next;
      const n = points.length / 2;
      look = next;
      places = points;
      setDiamonds(categories, next);
      plot.set({
        width,
        height,
        backgroundColor: hexColor(theme.background),
        pointColor: colors.map(hexColor),
        pointColorActive: hexColor(theme.accent),
        pointColorHover: hexColor(theme.foreground),
        colorBy: "valueA",
        sizeBy: next.diamonds ? "valueB" : null,
        // Without a size what is hidden costs no pixels; without opacity no driver shows it as one.
        pointSize: next.diamonds ? [dotPx, 0] : dotPx,
        pointSizeSelected: 2,
        pointOutlineWidth: 2,
        opacityBy: next.diamonds ? "valueB" : null,
        opacity: next.diamonds ? [opacityOf(n), 0] : opacityOf(n),
        lassoColor: hexColor(theme.accent),
        lassoLineWidth: 2,
      });
      const x = Float32Array.from({ length: n }, (_, i) => points[2 * i]!);
      const y = Float32Array.from({ length: n }, (_, i) => points[2 * i + 1]!);
      const valueB = next.diamonds ?? new Uint8Array(n);
      const types = { zDataType: "categorical", wDataType: "categorical" } as const;
      await plot.draw({ x, y, valueA: categories, valueB }, types);
      drawn = true;
      restore();
    },
    place(index) {
      if (!drawn) return undefined;
      const at = plot.getScreenPosition(index);
      return at && { x: at[0], y: at[1] };
    },
    select(indices) {
      selected = indices;
      restore();
    },
    setLasso(on) {
      lasso = on;
      plot.set({ mouseMode: lasso ? "lasso" : "panZoom" });
      canvas.style.cursor = lasso ? "crosshair" : "default";
    },
    zoomBy(factor) {
      plot.get("camera").scale([factor, factor], [0, 0]);
    },
    showAll() {
      plot.reset();
    },
  };
}

function opacityOf(n: number): number {
  return n > 20_000 ? 0.6 : 0.9;
}

function makeRenderer(): ReturnType<typeof createRenderer> | undefined {
  // Regl throws where there is no WebGL, and answers with a renderer that draws nothing where extensions lack.
  try {
    const made = createRenderer();
    return made.isSupported ? made : undefined;
  } catch {
    return undefined;
  }
}
