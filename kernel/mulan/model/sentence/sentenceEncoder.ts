import type { Embeddings } from "../../embedding/embeddings.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { asTexts } from "../towers/embedArguments.ts";
import type { EmbedOptions } from "../towers/embedOptions.ts";
import { textEmbeddings } from "../towers/textEmbeddings.ts";
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
    options: EmbedOptions = {},
  ): Promise<Embeddings> {
    assertNotPromise(texts, "encoder.embedText(await …)");
    this.#assertOpen();
    const { tower, identity } = this.#parts;
    const { dim, id } = this;
    return textEmbeddings(asTexts(texts), { tower, dim, identity, modelId: id }, options);
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
