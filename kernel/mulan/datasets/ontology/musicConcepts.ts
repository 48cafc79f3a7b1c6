import { join } from "node:path";
import { packageRoot } from "../../foundation/packageRoot.ts";
import type { Ontology } from "./ontology.ts";
import { readOntology } from "./readOntology.ts";

/** Where the library's own concepts lie. */
export const musicConceptsFile: string = join(packageRoot, "samples/data/music-concepts.json");

/**
 * The library's own 247 music concepts in five branches (genre, instrument, mood, role, era), each with a description:
 * the same kind of tree as AudioSet's ontology, free to use, with other classes and other words.
 * @throws MulanError `dataset.file`
 */
export function musicConcepts(): Promise<Ontology> {
  return readOntology(musicConceptsFile);
}
