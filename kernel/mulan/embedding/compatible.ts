import { MulanError } from "../foundation/errors.ts";

export interface CompatibilityOptions {
  /** Compare vectors of two models all the same. Default false: their spaces have nothing to do with each other. */
  readonly allowModelMismatch?: boolean;
}

interface Space {
  readonly dim: number;
  readonly modelId: string;
}

/**
 * Two sets of embeddings live in one space: same length, same model. An empty model id (plain files) fits any.
 * @throws MulanError `embeddings.dim-mismatch`, `embeddings.model-mismatch`
 */
export function checkSameSpace(a: Space, b: Space, options: CompatibilityOptions = {}): void {
  if (a.dim !== b.dim) {
    throw new MulanError("embeddings.dim-mismatch", "these embeddings have different lengths", {
      got: `${nameOf(a)} with ${a.dim} numbers a row and ${nameOf(b)} with ${b.dim}`,
      expected: "embeddings of one model",
    });
  }
  const differ = a.modelId !== "" && b.modelId !== "" && a.modelId !== b.modelId;
  if (differ && !options.allowModelMismatch) {
    throw new MulanError("embeddings.model-mismatch", "these embeddings come from two models", {
      expected: "one model, because cosines between two spaces mean nothing",
      got: `${nameOf(a)} and ${nameOf(b)}`,
      remedy: "Embed both with the same model, or pass { allowModelMismatch: true }",
    });
  }
}

function nameOf({ modelId }: Space): string {
  return modelId === "" ? "an unnamed model" : `"${modelId}"`;
}
