/** What the path of a reference and those of files have in common. */
export interface SharedEnd {
  /** Names in common, the file's own among them. */
  readonly depth: number;
  /** false: the last names differ in their ending, as .wav and .mp3 do. */
  readonly sameEnding: boolean;
  /** How many files have this much in common with it. */
  readonly nFiles: number;
  /** The first of them. */
  readonly file: number;
}

interface Node {
  nFiles: number;
  /** The first that came; the only one where `nFiles` is 1. */
  readonly file: number;
  /** By the name before; made when a second file comes, so that memory follows what files share. */
  below?: Map<string, Node>;
}

/** Files by the ends of their paths: "blues/00.wav" is an end of "/data/gtz/blues/00.wav". */
export class PathEnds {
  /** `[file]`: the names of its path, the last first. */
  readonly #names: readonly (readonly string[])[];
  readonly #byName = new Map<string, Node>();
  /** By the name without its ending, and by the whole of it: a row may be called as a file without its ending. */
  readonly #byStem = new Map<string, Node>();

  /** @param paths `[file]`, each another */
  constructor(paths: readonly string[]) {
    this.#names = paths.map((path) => namesOf(path).reverse());
    this.#names.forEach(([name], file) => {
      if (name === undefined) return;
      this.#insert(this.#byName, name, file, 1);
      for (const key of new Set([name, stemOf(name)])) this.#insert(this.#byStem, key, file, 1);
    });
  }

  /** The longest end that files have in common with a path; of equally long ones that with the same ending. */
  longest(path: string): SharedEnd | undefined {
    const names = namesOf(path).reverse();
    const [name] = names;
    if (name === undefined) return undefined;
    const byName = this.#walk(this.#byName.get(name), names);
    const byStem = this.#walk(this.#byStem.get(stemOf(name)), names);
    const same = byName !== undefined && byName.depth === (byStem?.depth ?? byName.depth);
    const end = same ? byName : byStem;
    return end && { ...end, sameEnding: same };
  }

  #walk(from: Node | undefined, names: readonly string[]) {
    if (!from) return undefined;
    let node = from;
    let depth = 1;
    for (;;) {
      const next = node.below?.get(names[depth] ?? "");
      if (!next || depth >= names.length) break;
      node = next;
      depth += 1;
    }
    const { nFiles, file } = node;
    if (nFiles > 1) return { depth, nFiles, file };
    const own = this.#names[file]!;
    while (depth < names.length && own[depth] === names[depth]) depth += 1;
    return { depth, nFiles, file };
  }

  #insert(level: Map<string, Node>, key: string, file: number, depth: number): void {
    const node = level.get(key);
    if (!node) {
      level.set(key, { nFiles: 1, file });
      return;
    }
    node.nFiles += 1;
    if (!node.below) {
      node.below = new Map();
      this.#insertBelow(node.below, node.file, depth);
    }
    this.#insertBelow(node.below, file, depth);
  }

  #insertBelow(below: Map<string, Node>, file: number, depth: number): void {
    const name = this.#names[file]![depth];
    if (name !== undefined) this.#insert(below, name, file, depth + 1);
  }
}

/** Of a path of any system; an accent may be one character or two. */
export function namesOf(path: string): string[] {
  return path
    .normalize("NFC")
    .split(/[\\/]+/)
    .filter((name) => name !== "" && name !== ".");
}

/** Ids have dots of their own: what begins with a digit or holds a blank is no ending. */
function stemOf(name: string): string {
  return name.replace(/(?<=.)\.[a-z][a-z0-9]*$/i, "");
}
