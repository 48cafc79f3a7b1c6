import type { EmbeddingSource } from "../../embedding/source.ts";
import { isClipSource } from "../../embedding/source.ts";
import type { FigureContext } from "../context.ts";
import type { TripletRow, TripletsFigure } from "../contract.ts";
import { defaultClipId } from "../items/clipId.ts";
import { cleanText } from "../text/cleanText.ts";
import { chance, describeTriplets, roundCosine } from "./describe.ts";

/** What the figure needs of a Triplets. */
export interface TripletsInput {
  readonly rows: readonly Omit<TripletRow, "margin" | "clips">[];
  readonly modelId: string;
  /** As `rows`: what can be heard of them. */
  readonly sources?: readonly {
    readonly anchor: EmbeddingSource;
    readonly positive: EmbeddingSource;
    readonly negative: EmbeddingSource;
  }[];
}

export function tripletsFigure(input: TripletsInput, context: FigureContext): TripletsFigure {
  const nameClip = context.clipId ?? defaultClipId;
  const idOf = (source: EmbeddingSource) => (isClipSource(source) ? nameClip(source) : null);
  const rows = input.rows.map((row, i): TripletRow => {
    const { anchor, positive, negative } = input.sources?.[i] ?? {};
    const clips = [idOf(anchor), idOf(positive), idOf(negative)] as const;
    return {
      anchor: cleanText(row.anchor),
      positive: cleanText(row.positive),
      negative: cleanText(row.negative),
      cosinePositive: roundCosine(row.cosinePositive),
      cosineNegative: roundCosine(row.cosineNegative),
      margin: roundCosine(row.cosinePositive - row.cosineNegative),
      ...(clips.some((clip) => clip !== null) && { clips }),
    };
  });
  const nRight = input.rows.filter((row) => row.cosinePositive > row.cosineNegative).length;
  return {
    family: "triplets",
    version: 1,
    ...describeTriplets(rows, nRight),
    model: input.modelId || null,
    footnote: context.modelName ?? input.modelId,
    chance,
  };
}
