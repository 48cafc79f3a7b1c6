import type { TwoTowers } from "../twoTowers.ts";
import { type FixedEmbeddingsInit, fixedEmbeddings } from "./fixedEmbeddings.ts";

/** What evaluations take: a model, or embeddings made elsewhere. */
export type EvaluatedModel = TwoTowers | FixedEmbeddingsInit;

/** @throws what fixedEmbeddings throws */
export async function asModel(model: EvaluatedModel): Promise<TwoTowers> {
  return "embedText" in model ? model : fixedEmbeddings(model);
}
