import { join } from "node:path";
import { packageRoot } from "../foundation/packageRoot.ts";

/** Where the package's own concepts lie: a tree as AudioSet's ontology has it, with the root "music". */
export const musicConceptsFile: string = join(packageRoot, "samples/data/music-concepts.json");
