import { MulanError } from "../../foundation/errors.ts";

export interface OntologyNode {
  /** "/m/04rlf". */
  readonly id: string;
  readonly name: string;
  /** Empty where the file has none. */
  readonly description: string;
  readonly childIds: readonly string[];
  /** "abstract" (only groups others) or "blacklist" (too hard to rate); empty for an ordinary class. */
  readonly restrictions: readonly string[];
}

/** A graph of classes; a node may have several parents. */
export class Ontology {
  readonly kind = "ontology";
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** In the file's order. */
  readonly nodes: readonly OntologyNode[];
  readonly #byId: ReadonlyMap<string, OntologyNode>;

  constructor(path: string, sha256: string, nodes: readonly OntologyNode[]) {
    this.path = path;
    this.sha256 = sha256;
    this.nodes = nodes;
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** @throws MulanError `ontology.no-node` */
  node(id: string): OntologyNode {
    const node = this.#byId.get(id);
    if (node) return node;
    throw new MulanError(
      "ontology.no-node",
      `there is no class with the id ${JSON.stringify(id)}`,
      {
        subject: this.path,
        expected: 'an id of the file such as "/m/04rlf"',
      },
    );
  }

  /** The first class of that name. @throws MulanError `ontology.no-node` */
  named(name: string): OntologyNode {
    const node = this.nodes.find((candidate) => candidate.name === name);
    if (node) return node;
    throw new MulanError("ontology.no-node", `there is no class called ${JSON.stringify(name)}`, {
      subject: this.path,
    });
  }

  /** Direct children, in the file's order. @throws MulanError `ontology.no-node` */
  children(id: string): OntologyNode[] {
    return this.node(id).childIds.map((child) => this.node(child));
  }

  /** A class and all below it, each once, parents before children. @throws MulanError `ontology.no-node` */
  subtree(id: string): OntologyNode[] {
    const found = new Map<string, OntologyNode>();
    const visit = (node: OntologyNode) => {
      if (found.has(node.id)) return;
      found.set(node.id, node);
      for (const child of node.childIds) visit(this.node(child));
    };
    visit(this.node(id));
    return [...found.values()];
  }

  toString(): string {
    return `Ontology of ${this.nodes.length} classes (${this.path})`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
