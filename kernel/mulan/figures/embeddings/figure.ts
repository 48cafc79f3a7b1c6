import type { EmbeddingSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import { type EmbeddingsFigure, encodeInt8 } from "../contract.ts";
import { countItems } from "../items/countItems.ts";
import { type Modality, makeItems } from "../items/items.ts";
import { countOf, formatCosine, formatCount } from "../scale/numbers.ts";
import { pairCosines } from "./pairCosines.ts";

/** What the figure needs of Embeddings. */
export interface EmbeddingsInput {
  /** `[n, dim]`, unit rows. */
  readonly data: Float32Array;
  readonly n: number;
  readonly dim: number;
  readonly labels: readonly string[];
  readonly modality: Modality;
  readonly modelId: string;
  readonly sources?: readonly EmbeddingSource[];
  readonly nWindows?: number | undefined;
  readonly nFailures?: number;
}

const maxStripRows = 32;
/** Above this the rows of a healthy model do not lie: the space has collapsed. */
const collapsed = 0.98;

export function embeddingsFigure(input: EmbeddingsInput, context: FigureContext): EmbeddingsFigure {
  const { data, n, dim, modality } = input;
  const items = makeItems(input.labels, modality, input.sources, context.clipId);
  const stripRows = Math.min(n, maxStripRows);
  const strip = data.subarray(0, stripRows * dim);
  let stripLimit = 0;
  for (const value of strip) stripLimit = Math.max(stripLimit, Math.abs(value));
  const pairs = pairCosines(data, n, dim);
  const windows = input.nWindows ? ` from ${countOf(input.nWindows, "window")}` : "";
  return {
    family: "embeddings",
    version: 1,
    title: `${countItems(items)}${windows} × ${countOf(dim, "dimension")}, rows of length 1`,
    reading: readPairs(n, pairs, input.nFailures ?? 0),
    model: input.modelId || null,
    footnote: context.modelName ?? input.modelId,
    items,
    n,
    dim,
    strip: encodeInt8(strip, stripLimit),
    stripRows,
    stripLimit,
    pairs,
    nFailures: input.nFailures ?? 0,
  };
}

function readPairs(n: number, pairs: EmbeddingsFigure["pairs"], nFailures: number): string {
  const failed = nFailures > 0 ? `; ${formatCount(nFailures)} failed, see .failures` : "";
  if (n === 0) return `no embeddings${failed}`;
  if (!pairs) return `one embedding: nothing to compare it with${failed}`;
  const range = `${formatCosine(pairs.min)} to ${formatCosine(pairs.max)}`;
  const warning = n > 2 && pairs.min > collapsed ? "; nearly all rows are the same" : "";
  return `cosine between rows: mean ${formatCosine(pairs.mean)}, from ${range} (n = ${countOf(pairs.n, "pair")})${warning}${failed}`;
}
