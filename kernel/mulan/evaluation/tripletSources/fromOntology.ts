import { basename, extname } from "node:path";
import { releasedIds } from "../../datasets/audioset/readAudioSet.ts";
import { readListFile } from "../../datasets/list/listFile.ts";
import { type MusicClasses, musicClasses } from "../../datasets/ontology/musicClasses.ts";
import { musicConceptsFile } from "../../datasets/ontology/musicConcepts.ts";
import { readOntology } from "../../datasets/ontology/readOntology.ts";
import { releasedMusic } from "../../datasets/ontology/releasedMusic.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { hashOf, type TripletSet, withNegatives } from "./tripletSet.ts";

export interface OntologyTripletsOptions {
  /**
   * Which classes: "instruments-genres-roles" (default) and "all-but-roles" have 141 each of the classes that AudioSet
   * released with labels; "genres" are the 25 children of "Music genre"; "all" the whole subtree with its root.
   */
  readonly classes?: MusicClasses;
  /** Triplets of each class. Default 5: 141 × 5 = 705. */
  readonly perClass?: number;
  /** Of the choice of negatives. Default 0. */
  readonly seed?: number;
  /** class_labels_indices.csv, which says what was released. Default: known for AudioSet's own ontology. */
  readonly labels?: string;
}

/**
 * MuLan's test of a text tower: is a class's name nearer to its own description than to another class's?
 * @param file an ontology.json in AudioSet's form; nothing for the library's own music concepts
 * @throws MulanError `triplets.few`, `dataset.file`, `dataset.json`, `dataset.ontology`, `dataset.music-classes`
 */
export async function tripletsFromOntology(
  file: string = musicConceptsFile,
  options: OntologyTripletsOptions = {},
): Promise<TripletSet> {
  const { classes = "instruments-genres-roles", perClass = 5, seed = 0, labels } = options;
  const ontology = await readOntology(file);
  const released =
    labels === undefined ? releasedMusic(ontology) : releasedIds(await readListFile(labels));
  const chosen = musicClasses(ontology, classes, released);
  const described = chosen.filter(({ description }) => description.trim() !== "");
  const items = described.map(({ name, description }) => ({ title: name, description }));
  const { rows, ofRows } = withNegatives(items, perClass, seededRandom(seed));
  const name = basename(ontology.path, extname(ontology.path));
  const nLeftOut = chosen.length - described.length;
  return {
    kind: "triplet-set",
    name: `${name}, ${described.length} classes (${classes})`,
    sha256: hashOf(rows),
    rows,
    clusters: { noun: "classes", ofRows },
    conventions: [
      "anchor: a class's name; positive: its own description; negative: another class's description",
      `${perClass} negatives a class, drawn without repetition from the other ${described.length - 1} (relatives among them), seed ${seed}`,
      released ? "classes: those released with labels" : "classes: those without restrictions",
      ...(nLeftOut > 0 ? [`${nLeftOut} classes without a description left out`] : []),
      `source: ${basename(ontology.path)}, sha256 ${ontology.sha256.slice(0, 12)}…`,
    ],
    failures: [],
  };
}
