import type { EmbeddingSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import { decodeFloat16, encodeFloat16, type Items, type SimilarityFigure } from "../contract.ts";
import { type Modality, makeItems } from "../items/items.ts";
import { blockMeans } from "./blockMeans.ts";
import { describeSimilarity } from "./describe.ts";
import { chooseScale } from "./valueScale.ts";

/** What the figure needs of a Similarity. */
export interface SimilarityInput {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `[nRows, nColumns]` cosines. */
  readonly values: Float32Array;
  readonly rowModality: Modality;
  readonly columnModality: Modality;
  readonly modelId: string;
  readonly rowSources?: readonly EmbeddingSource[];
  readonly columnSources?: readonly EmbeddingSource[];
}

/** Rows or columns that one figure keeps: 512 × 512 are 0.7 MB of JSON, enough in a notebook file. */
const maxSide = 512;

export function similarityFigure(input: SimilarityInput, context: FigureContext): SimilarityFigure {
  const allRows = makeItems(input.rows, input.rowModality, input.rowSources, context.clipId);
  const allColumns = makeItems(
    input.columns,
    input.columnModality,
    input.columnSources,
    context.clipId,
  );
  const nRows = input.rows.length;
  const nColumns = input.columns.length;
  const block = [Math.ceil(nRows / maxSide) || 1, Math.ceil(nColumns / maxSide) || 1] as const;
  const averaged = block[0] * block[1] > 1;
  const encoded = encodeFloat16(
    averaged ? blockMeans(input.values, nRows, nColumns, block) : input.values,
  );
  // Told from the values as they are stored, so that figure, text and a later redraw agree.
  const values = averaged ? input.values : decodeFloat16(encoded);
  const model = context.modelName ?? input.modelId;
  const blockNote = averaged ? `each cell is the mean of ${block[0]} × ${block[1]} pairs` : "";
  return {
    family: "similarity",
    version: 1,
    ...describeSimilarity(allRows, allColumns, values),
    model: input.modelId || null,
    footnote: [model, blockNote].filter(Boolean).join(" · "),
    rows: everyNth(allRows, block[0]),
    columns: everyNth(allColumns, block[1]),
    values: encoded,
    block,
    scale: chooseScale(averaged ? decodeFloat16(encoded) : values),
  };
}

function everyNth(items: Items, step: number): Items {
  if (step === 1) return items;
  const keep = (_: unknown, i: number): boolean => i % step === 0;
  const { labels, modality, clips } = items;
  return { labels: labels.filter(keep), modality, ...(clips && { clips: clips.filter(keep) }) };
}
