import { warmUpResvg } from "./png/resvg.ts";
import { rect, type Scene, text } from "./scene/scene.ts";
import { toSvg } from "./scene/svg.ts";

/**
 * Prepares the first figure beside whatever else a process does: an engine may call it when it starts.
 * Figures work without it, and while it runs.
 */
export function warmUp(): Promise<void> {
  return warmUpResvg(toSvg(typicalScene()));
}

/** Letters in both weights, boxes, turned text and curves: what figures are made of. */
function typicalScene(): Scene {
  const cells = Array.from({ length: 100 }, (_, i) => {
    const [x, y] = [(i % 10) * 48, 40 + Math.floor(i / 10) * 28];
    const value = text(x + 24, y + 18, (i / 100).toFixed(2), { size: 11, anchor: "middle" });
    return [rect(x, y, 48, 28, i % 2 ? "#0072b2" : "#e69f00"), value];
  });
  return {
    width: 640,
    height: 400,
    marks: [
      text(8, 20, "Warming up: 16 clips × 10 prompts", { weight: 600 }),
      text(560, 300, "Turned label", { rotate: -45 }),
      { kind: "circle", x: 600, y: 40, radius: 4, fill: "#009e73" },
      { kind: "path", d: "M500 60L620 90", fill: "none", stroke: "#000000", width: 2 },
      ...cells.flat(),
    ],
  };
}
