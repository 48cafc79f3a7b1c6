import type { Embeddings } from "../embedding/embeddings.ts";
import { MulanError } from "../foundation/errors.ts";
import type { JointModel } from "../model/jointModel.ts";
import type { Manifest } from "../model/manifest/manifest.ts";
import type { EmbeddableClip } from "../model/towers/embedClips.ts";

/** The part of a model that evaluations use. */
export interface TwoTowers extends Pick<JointModel, "id" | "embedAudio" | "embedText"> {
  /** What is known of its training marks labels that it saw; its files name it by their hash. */
  readonly manifest: Pick<Manifest, "temperature"> & Partial<Omit<Manifest, "temperature">>;
}

export type { EmbeddableClip };

/**
 * The row of each text, each text embedded once.
 * @throws MulanError what the first text that has no row failed with
 */
export async function embedDistinctTexts(
  model: Pick<TwoTowers, "embedText">,
  texts: readonly string[],
  options: Parameters<TwoTowers["embedText"]>[1],
): Promise<Map<string, Float32Array>> {
  const distinct = [...new Set(texts)];
  const embeddings = await model.embedText(distinct, options);
  return rowsByKey(distinct, embeddings, embeddings.labels, (text) => text);
}

/** Rows are found by what they were made of: those that failed are missing, so places shift. */
function rowsByKey<K>(
  keys: readonly K[],
  embeddings: Embeddings,
  rowKeys: readonly unknown[],
  nameOf: (key: K) => string,
): Map<K, Float32Array> {
  const places = new Map(rowKeys.map((key, i) => [key, i]));
  return new Map(
    keys.map((key) => {
      const place = places.get(key);
      if (place !== undefined) return [key, embeddings.row(place)];
      const name = nameOf(key);
      const failure = embeddings.failures.find(({ source }) => source === name);
      if (failure) throw failure.error;
      throw new MulanError("evaluation.no-row", "the model gave no embedding", { subject: name });
    }),
  );
}
