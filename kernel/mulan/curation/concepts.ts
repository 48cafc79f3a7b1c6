import { distinctTexts } from "../datasets/list/texts.ts";
import { musicConcepts } from "../datasets/ontology/musicConcepts.ts";
import type { Embeddings } from "../embedding/embeddings.ts";
import { MulanError } from "../foundation/errors.ts";
import type { JointModel } from "../model/jointModel.ts";
import type { EmbedOptions } from "../model/towers/embedOptions.ts";

/** A model's rows of the library's own concepts: embedding them takes seconds, and they never change. */
const known = new WeakMap<object, Embeddings>();

/**
 * Rows of the texts that stand for music: those given, or the names of the library's own concepts.
 * @throws MulanError `curation.concepts`, and what embedding throws
 */
export async function conceptRows(
  model: Pick<JointModel, "embedText">,
  given: readonly string[] | undefined,
  options: Pick<EmbedOptions, "signal" | "onProgress">,
): Promise<Embeddings> {
  if (given) return model.embedText(distinctConcepts(given), options);
  const rows = known.get(model) ?? (await model.embedText(await ordinaryConcepts(), options));
  known.set(model, rows);
  return rows;
}

function distinctConcepts(given: readonly string[]): string[] {
  const distinct = distinctTexts(given);
  if (distinct.length > 0) return distinct;
  throw new MulanError("curation.concepts", "there are no music concepts to compare with", {
    expected: 'texts such as ["rock", "piano"]',
  });
}

/** Without "Music mood" and other names of branches, which say nothing about a sound. */
async function ordinaryConcepts(): Promise<string[]> {
  const { nodes } = await musicConcepts();
  return nodes.filter(({ restrictions }) => restrictions.length === 0).map(({ name }) => name);
}
