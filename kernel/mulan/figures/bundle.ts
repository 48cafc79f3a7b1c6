import { drawClip } from "./clip/draw.ts";
import { plainClip } from "./clip/plain.ts";
import type { Figure } from "./contract.ts";
import { mimeOf } from "./contract.ts";
import { drawEmbeddings } from "./embeddings/draw.ts";
import { plainEmbeddings } from "./embeddings/plain.ts";
import { drawLoss } from "./loss/draw.ts";
import { plainLoss } from "./loss/plain.ts";
import { drawMap } from "./map/draw.ts";
import { plainMap } from "./map/plain.ts";
import { rasterize } from "./png/rasterize.ts";
import { drawReport } from "./report/drawing.ts";
import { plainReport } from "./report/plain.ts";
import { type Drawing, frame } from "./scene/frame.ts";
import type { Scene } from "./scene/scene.ts";
import { drawSimilarity } from "./similarity/draw.ts";
import { plainSimilarity } from "./similarity/plain.ts";
import { drawTimeline } from "./timeline/draw.ts";
import { plainTimeline } from "./timeline/plain.ts";
import { drawTriplets } from "./triplets/draw.ts";
import { plainTriplets } from "./triplets/plain.ts";
import { drawZeroShot } from "./zeroshot/draw.ts";
import { plainZeroShot } from "./zeroshot/plain.ts";

/** One output: the family's JSON, `image/png` (base64) and `text/plain`. */
export type Bundle = Record<string, unknown> & {
  readonly "image/png": string;
  readonly "text/plain": string;
};

/** The whole bundle of a figure's JSON: also what a figure that was edited by hand is written back with. */
export async function bundleOf(figure: Figure): Promise<Bundle> {
  const png = await rasterize(sceneOf(figure));
  return {
    [mimeOf(figure.family)]: figure,
    "image/png": Buffer.from(png).toString("base64"),
    "text/plain": plainText(figure),
  };
}

export function sceneOf(figure: Figure): Scene {
  return frame(figure, drawing(figure));
}

export function plainText(figure: Figure): string {
  const { title, reading, footnote } = figure;
  return [title, ...plainLines(figure), reading, footnote].filter((part) => part !== "").join("\n");
}

function drawing(figure: Figure): Drawing {
  switch (figure.family) {
    case "clip":
      return drawClip(figure);
    case "similarity":
      return drawSimilarity(figure);
    case "zeroshot":
      return drawZeroShot(figure);
    case "triplets":
      return drawTriplets(figure);
    case "embeddings":
      return drawEmbeddings(figure);
    case "map":
      return drawMap(figure);
    case "timeline":
      return drawTimeline(figure);
    case "report":
      return drawReport(figure);
    case "loss":
      return drawLoss(figure);
  }
}

function plainLines(figure: Figure): string[] {
  switch (figure.family) {
    case "clip":
      return plainClip(figure);
    case "similarity":
      return plainSimilarity(figure);
    case "zeroshot":
      return plainZeroShot(figure);
    case "triplets":
      return plainTriplets(figure);
    case "embeddings":
      return plainEmbeddings(figure);
    case "map":
      return plainMap(figure);
    case "timeline":
      return plainTimeline(figure);
    case "report":
      return plainReport(figure);
    case "loss":
      return plainLoss(figure);
  }
}
