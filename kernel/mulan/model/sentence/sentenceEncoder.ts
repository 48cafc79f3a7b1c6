import { EmbeddingCache } from "../../embedding/cache.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { ambientProgress, ambientSignal } from "../../foundation/ambient.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import type { EmbedOptions } from "../jointModel.ts";
import { allFailed, asTexts } from "../towers/embedArguments.ts";
import { embedTexts } from "../towers/embedTexts.ts";
import { type CutText, warnOfCutTexts } from "../towers/warnOfCutTexts.ts";
import type { SentenceTower } from "./sentenceTower.ts";

/** What there is to know about a text encoder, as plain data. */
export interface TextEncoderDescription {
  readonly kind: "text-encoder";
  readonly id: string;
  readonly folder: string;
  /** Absolute path of the ONNX file. */
  readonly file: string;
  /** Of the graph, of weights beside it, and of how they are used. */
  readonly sha256: string;
  readonly dim: number;
  readonly maxTokens: number;
  /** "mean", "cls", "mean + max", "in the graph". */
  readonly pooling: string;
  /** Put before every text; "" for nothing. */
  readonly prompt: string;
  /** Texts that go through the graph together; 1 where a neighbour would change the result. */
  readonly maxBatch: number;
  /** What was assumed. */
  readonly notes: readonly string[];
  /** Of ONNX Runtime. */
  readonly runtimeVersion: string;
}

interface TextEncoderParts {
  readonly tower: SentenceTower;
  readonly description: TextEncoderDescription;
  /** Everything but the tokens that decides about a row. */
  readonly identity: unknown;
  readonly release: () => Promise<void>;
}

/** A model of texts alone, open: stands wherever texts are compared with texts. */
export class SentenceEncoder implements AsyncDisposable {
  readonly kind = "text-encoder";
  /** The folder's name. Embeddings carry it as `modelId`. */
  readonly id: string;
  /** Length of an embedding. */
  readonly dim: number;
  readonly sha256: string;
  readonly #parts: TextEncoderParts;
  #disposed = false;

  /** Of `loadTextEncoder`. */
  constructor(parts: TextEncoderParts) {
    this.id = parts.description.id;
    this.dim = parts.description.dim;
    this.sha256 = parts.description.sha256;
    this.#parts = parts;
  }

  /**
   * One row of length 1 for each text, the same whatever stands beside it. An empty text stands in `failures`; one that
   * is too long for the model is cut with a warning.
   * @throws MulanError when no text at all could be embedded: `text.empty`, `embed.nothing`, `embed.all-failed`,
   * `child.crashed`, `model.*`; AbortError
   */
  async embedText(
    texts: string | readonly string[],
    { signal, onProgress, cache, allowNone }: EmbedOptions = {},
  ): Promise<Embeddings> {
    assertNotPromise(texts, "encoder.embedText(await …)");
    this.#assertOpen();
    const all = asTexts(texts);
    const { dim, id } = this;
    const { tower, identity } = this.#parts;
    const cut: CutText[] = [];
    const found = await embedTexts(all, {
      tower,
      dim,
      identity,
      onCut: (text, nUsed, nCut) => cut.push({ text, nUsed, nCut }),
      signal: signal ?? ambientSignal(),
      onProgress: onProgress ?? ambientProgress(),
      cache: cache === false ? undefined : (cache ?? new EmbeddingCache()),
    });
    if (cut.length > 0) warnOfCutTexts(cut);
    const rows = all.map((text) => ({ text, row: found.get(text)! }));
    const good = rows.flatMap(({ text, row }) =>
      row instanceof MulanError ? [] : [{ text, row }],
    );
    const failures: Failure[] = rows.flatMap(({ text, row }) =>
      row instanceof MulanError ? [{ source: text, error: row }] : [],
    );
    if (good.length === 0 && !allowNone) throw allFailed("texts", all.length, failures);
    const labels = good.map(({ text }) => text);
    const data = good.map(({ row }) => row);
    return Embeddings.from({
      data,
      dim,
      labels,
      sources: labels,
      modality: "text",
      modelId: id,
      failures,
    });
  }

  /** Plain data: which file, how tokens become a vector, what was assumed. */
  describe(): TextEncoderDescription {
    return this.#parts.description;
  }

  /** Lets go of the session. The encoder cannot be used afterwards. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#parts.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  toString(): string {
    const { id, dim, maxTokens, pooling, notes } = this.describe();
    const lines = [
      `${id} · ${dim} dimensions · texts up to ${maxTokens} tokens · pooling ${pooling}`,
    ];
    return [...lines, ...notes.map((note) => `  ${note}`)].join("\n");
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #assertOpen(): void {
    if (!this.#disposed) return;
    throw new MulanError("model.disposed", `the text encoder ${this.id} was disposed of`, {
      remedy: "Load it again",
    });
  }
}
