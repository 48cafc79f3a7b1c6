import { Embeddings } from "../embedding/embeddings.ts";
import { fillTemplate } from "./prompts.ts";
import { embedDistinctTexts, type TwoTowers } from "./twoTowers.ts";

/** A row for each label: the mean of its prompts' unit vectors, scaled to length 1. */
export async function embedLabels(
  model: Pick<TwoTowers, "id" | "embedText">,
  labels: readonly string[],
  templates: readonly string[],
  options: Parameters<TwoTowers["embedText"]>[1],
): Promise<Embeddings> {
  const said = labels.map((label) => templates.map((template) => fillTemplate(template, label)));
  const rows = await embedDistinctTexts(model, said.flat(), options);
  return Embeddings.from({
    data: said.map((texts) => sum(texts.map((text) => rows.get(text)!))),
    labels,
    modality: "text",
    modelId: model.id,
  });
}

/** Embeddings scales rows to length 1, so that the sum is as good as the mean. */
function sum(rows: readonly Float32Array[]): Float32Array {
  return rows.reduce((total, row) => total.map((value, i) => value + row[i]!));
}
