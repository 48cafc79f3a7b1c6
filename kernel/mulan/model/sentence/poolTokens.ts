import { MulanError } from "../../foundation/errors.ts";

/** Ways from a text's tokens to one vector, as sentence-transformers calls them. "pooler" is the graph's own. */
export const POOLINGS = [
  "mean",
  "cls",
  "max",
  "mean_sqrt_len_tokens",
  "weightedmean",
  "lasttoken",
  "pooler",
] as const;

export type TextPooling = (typeof POOLINGS)[number];

/** Those that work on token vectors. */
export type TokenPooling = Exclude<TextPooling, "pooler">;

export interface TokenVectors {
  /** `[n, nTokens, width]` */
  readonly data: Float32Array;
  readonly nTokens: number;
  readonly width: number;
  /** `[n]`: tokens of each text; the rest of its row is padding. */
  readonly lengths: readonly number[];
}

/**
 * `[n, width × ways]`: with several ways their vectors stand side by side. Padding never counts.
 * @throws MulanError `model.dim` when the numbers are not of that shape
 */
export function poolTokens(tokens: TokenVectors, ways: readonly TokenPooling[]): Float32Array {
  const { data, nTokens, width, lengths } = tokens;
  if (data.length !== lengths.length * nTokens * width) {
    throw new MulanError("model.dim", "the token vectors have another shape than they should", {
      expected: `[${lengths.length}, ${nTokens}, ${width}]`,
      got: `${data.length} numbers`,
    });
  }
  const pooled = new Float32Array(lengths.length * width * ways.length);
  lengths.forEach((length, row) => {
    const start = row * nTokens * width;
    const own = data.subarray(start, start + length * width);
    ways.forEach((way, part) => {
      pooled.set(poolOne(own, width, way), (row * ways.length + part) * width);
    });
  });
  return pooled;
}

function poolOne(tokens: Float32Array, width: number, way: TokenPooling): ArrayLike<number> {
  const n = tokens.length / width;
  switch (way) {
    case "cls":
      return tokens.subarray(0, width);
    case "lasttoken":
      return tokens.subarray((n - 1) * width);
    case "max":
      return largest(tokens, width);
    case "mean":
      return weighted(tokens, width, () => 1 / n);
    case "mean_sqrt_len_tokens":
      return weighted(tokens, width, () => 1 / Math.sqrt(n));
    case "weightedmean":
      return weighted(tokens, width, (token) => (2 * (token + 1)) / (n * (n + 1)));
  }
}

function weighted(
  tokens: Float32Array,
  width: number,
  weight: (token: number) => number,
): Float64Array {
  const sum = new Float64Array(width);
  for (let token = 0; token * width < tokens.length; token++) {
    const share = weight(token);
    for (let j = 0; j < width; j++) sum[j]! += share * tokens[token * width + j]!;
  }
  return sum;
}

function largest(tokens: Float32Array, width: number): Float32Array {
  const most = tokens.slice(0, width);
  for (let i = width; i < tokens.length; i++) {
    const j = i % width;
    if (tokens[i]! > most[j]!) most[j] = tokens[i]!;
  }
  return most;
}
