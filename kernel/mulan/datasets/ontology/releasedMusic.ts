import type { Ontology } from "./ontology.ts";

/** AudioSet's root of music. */
const MUSIC = "/m/04rlf";
/** Not restricted, and yet not among the 527 classes that have labelled segments: oboe, bassoon, birthday music. */
const WITHOUT_LABELS: readonly string[] = ["/m/05kms", "/m/01c3q", "/t/dd00029"];
/** Restricted, and yet among them: song. */
const LABELLED_ALL_THE_SAME: readonly string[] = ["/m/074ft"];

/**
 * The classes of AudioSet's music subtree that were released with labels (150 with the root), for whoever has no
 * class_labels_indices.csv at hand. Undefined for another ontology, or another edition of it.
 */
export function releasedMusic(ontology: Ontology): ReadonlySet<string> | undefined {
  const telling = [MUSIC, ...WITHOUT_LABELS, ...LABELLED_ALL_THE_SAME];
  if (!telling.every((id) => ontology.has(id))) return undefined;
  const free = ontology.subtree(MUSIC).filter(({ restrictions }) => restrictions.length === 0);
  const ids = new Set([...free.map(({ id }) => id), ...LABELLED_ALL_THE_SAME]);
  for (const id of WITHOUT_LABELS) ids.delete(id);
  return ids;
}
