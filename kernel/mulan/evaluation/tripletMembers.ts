import { type Failure, MulanError } from "../foundation/errors.ts";
import type { TripletMember, TripletRow, TripletsOptions } from "./triplets.ts";
import type { EmbeddableClip, TwoTowers } from "./twoTowers.ts";

/** What triplets need of a model: one that embeds texts alone will do for texts. */
export interface TripletEncoder extends Pick<TwoTowers, "id" | "embedText"> {
  readonly embedAudio?: TwoTowers["embedAudio"];
}

export interface EmbeddedMembers {
  readonly vectors: ReadonlyMap<TripletMember, Float32Array>;
  /** Members that have no vector. */
  readonly failures: readonly Failure[];
}

export const MEMBERS = ["anchor", "positive", "negative"] as const;

/**
 * A vector for each text and clip, each embedded once.
 * @throws MulanError `triplets.no-audio` for a clip and a model of texts alone; what the model itself fails with
 */
export async function embedMembers(
  model: TripletEncoder,
  rows: readonly TripletRow[],
  options: TripletsOptions,
): Promise<EmbeddedMembers> {
  const members = new Set(rows.flatMap((row) => MEMBERS.map((name) => row[name])));
  const texts = [...members].filter((member) => typeof member === "string");
  const clips = [...members].filter((member) => typeof member !== "string");
  const vectors = new Map<TripletMember, Float32Array>();
  const failures: Failure[] = [];
  const { signal, onProgress } = options;
  const asked = { signal, onProgress, allowNone: true };
  if (texts.length > 0) {
    const embeddings = await model.embedText(texts, asked);
    embeddings.labels.forEach((text, i) => {
      vectors.set(text, embeddings.row(i));
    });
    failures.push(...embeddings.failures);
  }
  if (clips.length > 0) {
    if (!model.embedAudio) throw textsOnly(model.id);
    const embeddings = await model.embedAudio(clips, asked);
    embeddings.sources.forEach((clip, i) => {
      vectors.set(clip as EmbeddableClip, embeddings.row(i));
    });
    failures.push(...embeddings.failures);
  }
  const lost = [...members].filter((member) => !vectors.has(member));
  for (const name of lost.map(nameOf)) {
    if (failures.some(({ source }) => source === name)) continue;
    const parts = { subject: name };
    const error = new MulanError("evaluation.no-row", "the model gave no embedding", parts);
    failures.push({ source: name, error });
  }
  return { vectors, failures };
}

function textsOnly(id: string): MulanError {
  return new MulanError("triplets.no-audio", "this encoder embeds texts only", {
    subject: id,
    expected: "triplets of texts, or a model with an audio tower",
    got: "a clip among the triplets",
  });
}

function nameOf(member: TripletMember): string {
  return typeof member === "string" ? member : (member.path ?? member.label);
}
