import type { Hit, Mark } from "../../kernel/mulan/figures/contractReportLook.ts";
import { svg } from "../shared/dom.ts";

/** Marks of a panel as SVG elements. Nothing of them is an image: reports have none. */
export function markElements(marks: readonly Mark[]): SVGElement[] {
  return marks.flatMap((mark) => markElement(mark) ?? []);
}

function markElement(mark: Mark): SVGElement | undefined {
  switch (mark.kind) {
    case "text": {
      const attributes = {
        x: round(mark.x),
        y: round(mark.y),
        "font-size": mark.size,
        fill: mark.color,
        ...(mark.anchor !== "start" && { "text-anchor": mark.anchor }),
        ...(mark.weight === 600 && { "font-weight": 600 }),
      };
      return svg("text", attributes, mark.text);
    }
    case "rect": {
      const { x, y, width, height, fill } = mark;
      const place = { x: round(x), y: round(y), width: round(width), height: round(height) };
      return svg("rect", { ...place, fill });
    }
    case "line": {
      const { x1, y1, x2, y2, stroke, width, dash } = mark;
      const ends = { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) };
      return svg("line", { ...ends, stroke, "stroke-width": width, "stroke-dasharray": dash });
    }
    case "path":
      return svg("path", {
        d: mark.d,
        fill: mark.fill,
        stroke: mark.stroke,
        "stroke-width": mark.width,
        "stroke-linejoin": "round",
      });
    case "circle": {
      const { x, y, radius, fill, stroke } = mark;
      const ring = stroke && { stroke, "stroke-width": 1.5 };
      return svg("circle", { cx: round(x), cy: round(y), r: radius, fill, ...ring });
    }
    case "image":
      return undefined;
  }
}

/** Places that a person can press, above everything that is drawn there. */
export function hitElements(hits: readonly Hit[]): SVGElement[] {
  return hits.map(({ part, index, x, y, width, height }) =>
    svg("rect", {
      x,
      y,
      width,
      height,
      fill: "transparent",
      "data-part": part,
      "data-index": index,
    }),
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
