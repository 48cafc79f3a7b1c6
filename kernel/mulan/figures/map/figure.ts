import type { EmbeddingSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import { decodeFloat16, encodeFloat16, type MapFigure } from "../contract.ts";
import { countItems } from "../items/countItems.ts";
import { type Modality, makeItems } from "../items/items.ts";
import { readingLabelWidth, shortenPlain } from "../plain/textTable.ts";
import { fitPoints } from "./fitPoints.ts";
import { silentRows } from "./kinds.ts";

/** What the figure needs of a Projection. */
export interface MapInput {
  readonly method: string;
  /** `[n, 2]`. */
  readonly points: Float32Array;
  readonly labels: readonly string[];
  readonly modality: Modality;
  readonly modelId?: string;
  readonly sources?: readonly EmbeddingSource[];
  /** PCA: share of the variance along each axis. */
  readonly explained?: readonly [number, number] | undefined;
  /** For the footnote: "seed 1, 15 neighbours". */
  readonly settings?: string;
  /** What differs from what was asked; ends the reading. */
  readonly note?: string;
}

const maxCompared = 2_000;

export function mapFigure(input: MapInput, context: FigureContext): MapFigure {
  const items = makeItems(input.labels, input.modality, input.sources, context.clipId);
  const points = encodeFloat16(fitPoints(input.points));
  const method = input.method.toUpperCase();
  const model = context.modelName ?? input.modelId ?? "";
  const silent = silentRows(items);
  const allTexts = silent?.every((yes, i) => !yes || typeof input.sources?.[i] === "string");
  return {
    family: "map",
    version: 1,
    title: `${countItems(items)} on a map by ${method}`,
    reading: readMap(decodeFloat16(points), items.labels, input.note),
    model: input.modelId || null,
    footnote: [model, input.settings].filter(Boolean).join(" · "),
    items,
    method: input.method,
    explained: input.explained ?? null,
    points,
    ...(allTexts && { others: "texts" as const }),
    n: items.labels.length,
  };
}

/** The two points that lie closest, among the first 2,000. */
function readMap(points: Float32Array, labels: readonly string[], note = ""): string {
  const n = Math.min(maxCompared, labels.length);
  let best: [number, number] | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = points[2 * i]! - points[2 * j]!;
      const dy = points[2 * i + 1]! - points[2 * j + 1]!;
      const distance = dx * dx + dy * dy;
      if (distance < bestDistance) {
        best = [j, i];
        bestDistance = distance;
      }
    }
  }
  const short = (label: string): string => shortenPlain(label, readingLabelWidth);
  const nearest =
    best && `closest on the map: ${short(labels[best[0]]!)} and ${short(labels[best[1]]!)}`;
  return [nearest, note].filter(Boolean).join("; ") || "one point: nothing to compare it with";
}
