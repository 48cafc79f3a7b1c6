import { MulanError } from "../../foundation/errors.ts";
import type { Ontology, OntologyNode } from "./ontology.ts";

/**
 * Which classes of AudioSet's music subtree are meant. "genres": the direct children of "Music genre" (25).
 * "instruments-genres-roles": those three branches. "all-but-roles": everything but the roles, the root with it.
 * "all": the subtree and its root. Of the 527 released classes the middle two have 141 each, and "all" has 150.
 */
export type MusicClasses = "genres" | "instruments-genres-roles" | "all-but-roles" | "all";

export const MUSIC_CLASSES: readonly MusicClasses[] = [
  "genres",
  "instruments-genres-roles",
  "all-but-roles",
  "all",
];

const MUSIC = "Music";
const GENRE = "Music genre";
const ROLE = "Music role";
const INSTRUMENT = "Musical instrument";

/**
 * The classes of a choice, in the ontology's order.
 * @param released ids of the classes that AudioSet released with labels (class_labels_indices.csv). Without them
 * the classes without restrictions are taken, which differ a little: 144, 142 and 152
 * @throws MulanError `dataset.music-classes`, `ontology.no-node`
 */
export function musicClasses(
  ontology: Ontology,
  classes: MusicClasses,
  released?: ReadonlySet<string>,
): OntologyNode[] {
  const branch = (name: string) => ontology.subtree(ontology.named(name).id);
  const counts = ({ id, restrictions }: OntologyNode) =>
    released ? released.has(id) : restrictions.length === 0;
  const chosen = pick();
  const found = chosen.filter(counts);
  if (found.length > 0) return found;
  throw new MulanError("dataset.music-classes", `no class is left for "${classes}"`, {
    subject: ontology.path,
    ...(released && { remedy: "Check that the labels file belongs to this ontology" }),
  });

  function pick(): OntologyNode[] {
    if (classes === "all") return branch(MUSIC);
    if (classes === "genres") return ontology.children(ontology.named(GENRE).id);
    if (classes === "all-but-roles") {
      const roles = new Set(branch(ROLE));
      return branch(MUSIC).filter((node) => !roles.has(node));
    }
    if (classes === "instruments-genres-roles") {
      return [...new Set([...branch(INSTRUMENT), ...branch(GENRE), ...branch(ROLE)])];
    }
    throw new MulanError("dataset.music-classes", "there is no such choice of music classes", {
      expected: MUSIC_CLASSES.map((choice) => `"${choice}"`).join(", "),
      got: JSON.stringify(classes),
    });
  }
}
