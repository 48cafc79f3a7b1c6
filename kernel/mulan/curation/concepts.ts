import { distinctTexts } from "../datasets/list/texts.ts";
import { musicConcepts } from "../datasets/ontology/musicConcepts.ts";
import { MulanError } from "../foundation/errors.ts";

/** The texts that stand for music: those given, or the names of the library's own concepts. */
export async function conceptTexts(given: readonly string[] | undefined): Promise<string[]> {
  const texts = given ?? (await ordinaryConcepts());
  const distinct = distinctTexts(texts);
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
