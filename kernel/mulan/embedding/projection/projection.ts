import { shorten } from "../describeEmbeddings.ts";
import type { Embeddings, Modality } from "../embeddings.ts";
import type { EmbeddingSource } from "../source.ts";

export type ProjectionMethod = "pca" | "umap";

export interface ProjectionFacts {
  readonly method: ProjectionMethod;
  readonly seed: number;
  /** UMAP only. */
  readonly nNeighbors?: number;
  /** UMAP only. */
  readonly minDist?: number;
  /** PCA only: the share of the variance along each axis. */
  readonly explained?: readonly [number, number];
  /** What differs from what was asked. */
  readonly notes: readonly string[];
}

const SHOWN_ROWS = 8;

/** Embeddings as points of a plane. UMAP's axes and distances between far groups mean nothing. */
export class Projection {
  readonly kind = "projection";
  /** `[n, 2]` */
  readonly points: Float32Array;
  readonly n: number;
  readonly labels: readonly string[];
  readonly modality: Modality;
  readonly modelId: string;
  readonly sources: readonly EmbeddingSource[];
  readonly method: ProjectionMethod;
  readonly seed: number;
  readonly nNeighbors: number | undefined;
  readonly minDist: number | undefined;
  readonly explained: readonly [number, number] | undefined;
  readonly notes: readonly string[];

  constructor(embeddings: Embeddings, points: Float32Array, facts: ProjectionFacts) {
    this.points = points;
    this.n = embeddings.n;
    this.labels = embeddings.labels;
    this.modality = embeddings.modality;
    this.modelId = embeddings.modelId;
    this.sources = embeddings.sources;
    this.method = facts.method;
    this.seed = facts.seed;
    this.nNeighbors = facts.nNeighbors;
    this.minDist = facts.minDist;
    this.explained = facts.explained;
    this.notes = facts.notes;
  }

  toString(): string {
    return describeProjection(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeProjection(this);
  }
}

function describeProjection(projection: Projection): string {
  const { method, n, points, labels, explained, nNeighbors, minDist, seed, notes } = projection;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const facts =
    method === "umap"
      ? `${nNeighbors} neighbours, minDist ${minDist}, seed ${seed}`
      : explained && `${percent(explained[0])} and ${percent(explained[1])} of the variance`;
  const lines = [`Projection of ${n} by ${method.toUpperCase()}${facts ? ` (${facts})` : ""}`];
  for (const [i, label] of labels.slice(0, SHOWN_ROWS).entries()) {
    const [x, y] = [points[i * 2]!, points[i * 2 + 1]!].map((v) => v.toFixed(3).padStart(8));
    lines.push(`  ${x} ${y}  ${shorten(label)}`);
  }
  if (n > SHOWN_ROWS) lines.push(`  … and ${n - SHOWN_ROWS} more`);
  return [...lines, ...notes.map((note) => `  ${note}`)].join("\n");
}
