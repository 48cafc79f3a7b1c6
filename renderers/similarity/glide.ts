import type { ValueScale } from "../../kernel/mulan/figures/contract.ts";
import { positionOf } from "../../kernel/mulan/figures/contractLook.ts";
import { html } from "../shared/dom.ts";
import { colorScaleFor } from "../shared/look/colorScales.ts";
import type { Theme } from "../shared/look/theme.ts";
import { glideMs, placesAt } from "./glidePlaces.ts";
import type { HeatmapLayout } from "./layout.ts";

/** Cells on their way to a new order. */
export interface Moving {
  readonly layout: HeatmapLayout;
  /** Values as they will stand; NaN is left open. */
  readonly lines: readonly Float32Array[];
  readonly scale: ValueScale;
  readonly theme: Theme;
  /** Position where each row and column stood. */
  readonly rowsBefore: readonly number[];
  readonly columnsBefore: readonly number[];
}

export interface Glide {
  /** Lies over the cells, which Plotly can only draw in their places. */
  readonly element: HTMLCanvasElement;
  /** Moves the cells; resolves when they have arrived, and at once when another run begins. */
  run(moving: Moving): Promise<void>;
  /** Uncovers the cells below. */
  hide(): void;
}

export function createGlide(signal: AbortSignal): Glide {
  const element = html("canvas", { class: "gliding", "aria-hidden": "true", hidden: true });
  Object.assign(element.style, { position: "absolute", pointerEvents: "none" });
  let stop = (): void => {};
  signal.addEventListener("abort", () => stop());
  return {
    element,
    run(moving) {
      stop();
      const paint = painterOf(element, moving);
      paint(0);
      element.hidden = false;
      return new Promise((resolve) => {
        const startMs = performance.now();
        let frame = requestAnimationFrame(step);
        function step(nowMs: number): void {
          const share = Math.min(1, Math.max(0, nowMs - startMs) / glideMs);
          paint(share);
          if (share === 1) resolve();
          else frame = requestAnimationFrame(step);
        }
        stop = () => {
          cancelAnimationFrame(frame);
          resolve();
        };
      });
    },
    hide() {
      stop();
      element.hidden = true;
    },
  };
}

/**
 * Every cell of a column moves sideways alike and every cell of a row up and down alike: columns are drawn first,
 * one px high a row, and then its rows, so that a frame takes rows + columns strips and not rows × columns cells.
 */
function painterOf(canvas: HTMLCanvasElement, moving: Moving): (share: number) => void {
  const { layout, lines, theme, rowsBefore, columnsBefore } = moving;
  const { left, top, cellWidth, cellHeight } = layout;
  const nRows = rowsBefore.length;
  const width = cellWidth * columnsBefore.length;
  const height = cellHeight * nRows;
  const dense = devicePixelRatio;
  canvas.width = Math.round(width * dense);
  canvas.height = Math.round(height * dense);
  const place = { left, top, width, height };
  for (const [name, px] of Object.entries(place)) canvas.style.setProperty(name, `${px}px`);
  canvas.style.background = theme.background;
  const cells = cellPixels(moving, columnsBefore.length);
  const sideways = new OffscreenCanvas(canvas.width, Math.max(1, lines.length));
  const across = sideways.getContext("2d")!;
  const down = canvas.getContext("2d")!;
  const [stepX, stepY] = [cellWidth * dense, cellHeight * dense];
  return (share) => {
    across.imageSmoothingEnabled = false;
    across.clearRect(0, 0, sideways.width, sideways.height);
    placesAt(columnsBefore, share).forEach((x, j) => {
      across.drawImage(cells, j, 0, 1, nRows, x * stepX, 0, stepX, nRows);
    });
    down.imageSmoothingEnabled = false;
    down.clearRect(0, 0, canvas.width, canvas.height);
    placesAt(rowsBefore, share).forEach((y, i) => {
      down.drawImage(sideways, 0, i, canvas.width, 1, 0, y * stepY, canvas.width, stepY);
    });
  };
}

/** One pixel a cell. */
function cellPixels({ lines, scale, theme }: Moving, nColumns: number): OffscreenCanvas {
  const pixels = new OffscreenCanvas(Math.max(1, nColumns), Math.max(1, lines.length));
  const colors = colorScaleFor(scale.kind, theme);
  const image = new ImageData(pixels.width, pixels.height);
  lines.forEach((line, i) => {
    line.forEach((value, j) => {
      if (!Number.isFinite(value)) return;
      image.data.set([...colors(positionOf(scale, value)), 255], 4 * (i * pixels.width + j));
    });
  });
  pixels.getContext("2d")!.putImageData(image, 0, 0);
  return pixels;
}
