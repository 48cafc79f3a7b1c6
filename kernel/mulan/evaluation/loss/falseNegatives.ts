import { dotProducts } from "../../embedding/dotProducts.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import type { FalseNegative } from "./lossResult.ts";

/** Texts whose cosine is above it are taken to say the same, where nothing else is asked for. */
export const SAME_ABOVE = 0.9;

/** Each two pairs with one text, or with texts that say the same, once. */
export function falseNegatives(text: Embeddings, sameAbove: number): FalseNegative[] {
  const cosines = dotProducts(text.data, text.data, text.dim);
  const said = text.labels.map((label, i) => {
    const source = text.sources[i];
    return typeof source === "string" ? source : label;
  });
  const found: FalseNegative[] = [];
  for (let i = 0; i < text.n; i++) {
    for (let j = i + 1; j < text.n; j++) {
      const cosine = Math.min(1, cosines[i * text.n + j]!);
      const sameText = said[i] === said[j];
      if (sameText || cosine > sameAbove) found.push({ i, j, sameText, cosine });
    }
  }
  return found;
}
