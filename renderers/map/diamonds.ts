import type { createRenderer } from "regl-scatterplot";
import { diamondReach } from "../../kernel/mulan/figures/contractLook.ts";

export type Renderer = NonNullable<ReturnType<typeof createRenderer>>;

/** Where the map is looked at from: as the scatter plot's own dots are placed and scaled. */
export interface DiamondView {
  /** 4 × 4, column by column. */
  readonly camera: ArrayLike<number>;
  /** How far the map is zoomed in. */
  readonly zoom: number;
  /** Width to height of the plot. */
  readonly aspect: number;
  /** Diameter of a disc as it is before zooming, CSS px. */
  readonly dotPx: number;
  readonly opacity: number;
}

/** Points that WebGL draws as diamonds, in one call whatever their number. */
export interface Diamonds {
  /** @param places `[n, 2]` @param colors `[n, 3]` red, green and blue in [0, 1] */
  set(places: Float32Array, colors: Float32Array): void;
  /** Into the picture that is being drawn; called inside the renderer's own drawing. */
  draw(target: HTMLCanvasElement, view: DiamondView): void;
  /** The one that is hovered over, a little larger. */
  drawHovered(
    target: HTMLCanvasElement,
    view: DiamondView,
    place: readonly [number, number],
    color: readonly [number, number, number],
  ): void;
  destroy(): void;
}

const vert = `
precision highp float;
uniform mat4 camera;
uniform vec2 projection;
uniform float sizePx;
attribute vec2 place;
attribute vec3 color;
varying vec3 ink;
void main() {
  ink = color;
  gl_Position = vec4((camera * vec4(place, 0.0, 1.0)).xy * projection, 0.0, 1.0);
  gl_PointSize = sizePx;
}`;

const frag = `
precision highp float;
uniform float sizePx;
uniform float opacity;
varying vec3 ink;
void main() {
  vec2 c = abs(gl_PointCoord * 2.0 - 1.0);
  float insidePx = (1.0 - c.x - c.y) * sizePx * 0.354;
  gl_FragColor = vec4(ink, opacity * clamp(insidePx + 0.5, 0.0, 1.0));
}`;

const hoveredReach = 1.5;

interface Call {
  readonly places: Buffer | readonly (readonly number[])[];
  readonly colors: Buffer | readonly (readonly number[])[];
  readonly camera: readonly number[];
  readonly projection: readonly number[];
  readonly sizePx: number;
  readonly opacity: number;
  readonly count: number;
}
type Buffer = ReturnType<Renderer["regl"]["buffer"]>;

export function createDiamonds(renderer: Renderer): Diamonds {
  const { regl } = renderer;
  const places = regl.buffer({ type: "float", usage: "dynamic", length: 0 });
  const colors = regl.buffer({ type: "float", usage: "dynamic", length: 0 });
  let count = 0;
  // Blending and depth as regl-scatterplot draws its dots.
  const command = regl({
    vert,
    frag,
    blend: {
      enable: true,
      func: {
        srcRGB: "src alpha",
        srcAlpha: "one",
        dstRGB: "one minus src alpha",
        dstAlpha: "one minus src alpha",
      },
    },
    depth: { enable: false },
    attributes: {
      place: regl.prop<Call, "places">("places"),
      color: regl.prop<Call, "colors">("colors"),
    },
    uniforms: {
      camera: regl.prop<Call, "camera">("camera"),
      projection: regl.prop<Call, "projection">("projection"),
      sizePx: regl.prop<Call, "sizePx">("sizePx"),
      opacity: regl.prop<Call, "opacity">("opacity"),
    },
    count: regl.prop<Call, "count">("count"),
    primitive: "points",
  });

  /** The renderer's canvas is as large as the screen; the target is its middle. */
  const uniformsFor = (target: HTMLCanvasElement, view: DiamondView, reach: number) => ({
    camera: Array.from(view.camera),
    projection: [
      target.width / renderer.canvas.width / view.aspect,
      target.height / renderer.canvas.height,
    ],
    sizePx: reach * grown(view) * devicePixelRatio,
    opacity: view.opacity,
  });

  return {
    set(nextPlaces, nextColors) {
      count = nextPlaces.length / 2;
      places(nextPlaces);
      colors(nextColors);
    },
    draw(target, view) {
      if (count > 0) {
        command({ ...uniformsFor(target, view, diamondReach(1)), places, colors, count });
      }
    },
    drawHovered(target, view, place, color) {
      const uniforms = uniformsFor(target, { ...view, opacity: 1 }, hoveredReach);
      command({ ...uniforms, places: [place], colors: [color], count: 1 });
    },
    destroy() {
      places.destroy();
      colors.destroy();
    },
  };
}

/** Diameter of regl-scatterplot's dots as they grow with the zoom, by default. */
function grown({ zoom, dotPx }: DiamondView): number {
  return dotPx * (zoom > 1 ? Math.asinh(zoom) / Math.asinh(1) : Math.max(1 / dotPx, zoom));
}
