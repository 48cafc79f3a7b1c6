import { MulanError } from "../../foundation/errors.ts";
import type { Session } from "../inference/inference.ts";
import type { Tensor } from "../inference/tensors.ts";
import { normalizeRows } from "../towers/pooling.ts";
import type { TextBatch, TextInput, TextSide } from "../towers/textTower.ts";
import type { TextTokenizer, TokenizedText } from "../towers/tokenizer.ts";
import { type ChosenOutput, chooseOutput } from "./chooseOutput.ts";
import { applyDense } from "./dense.ts";
import { poolTokens, type TextPooling } from "./poolTokens.ts";
import type { SentenceFolder } from "./sentenceFolder.ts";

const IDS = "input_ids";
const MASK = "attention_mask";
const TYPES = "token_type_ids";
const MAX_MASKED_BATCH = 16;

/** A text encoder's graph with what stands before and after it: tokens, pooling, further layers. */
export class SentenceTower implements TextSide {
  readonly output: ChosenOutput;
  /** 0 until the first comparison has shown it. */
  dim = 0;
  /** Texts of a run: 1 until a comparison has shown that neighbours change nothing. */
  maxBatch = 1;
  readonly #session: Session;
  readonly #tokenizer: TextTokenizer;
  readonly #folder: SentenceFolder;

  /** @throws MulanError `model.text-input`, `model.tensor-name` */
  constructor(
    session: Session,
    folder: SentenceFolder,
    tokenizer: TextTokenizer,
    asked: TextPooling | undefined,
  ) {
    checkInputs(session, folder.graph);
    this.output = chooseOutput(session.outputs, folder, asked);
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#folder = folder;
  }

  tokenize(text: string): TokenizedText {
    const { lowerCase, prompt } = this.#folder;
    const spoken = lowerCase ? text.toLowerCase() : text;
    // An empty text is refused as such, whatever stands before it.
    return this.#tokenizer.encode(text.trim() === "" ? text : prompt + spoken);
  }

  /**
   * `[n, dim]` rows of length 1.
   * @throws MulanError `model.dim`, `model.not-finite`, `model.zero`, `child.crashed`; AbortError
   */
  async embed(inputs: readonly TextInput[], signal?: AbortSignal): Promise<TextBatch> {
    const texts = inputs as readonly (readonly number[])[];
    const nTokens = Math.max(...texts.map((ids) => ids.length));
    const { name } = this.output;
    const result = await this.#session.run(this.#feeds(texts, nTokens), [name], signal);
    const rows = this.#rowsOf(result.outputs[0]!, texts, nTokens);
    return { rows: normalizeRows(rows, rows.length / texts.length), runMs: result.runMs };
  }

  /**
   * Learns the length of a row, and how many texts a run may take without changing each other.
   * @param texts of different lengths
   */
  async tryBatches(texts: readonly (readonly number[])[], signal?: AbortSignal): Promise<void> {
    const hasMask = this.#session.inputs.some(({ name }) => name === MASK);
    const alone: Float32Array[] = [];
    for (const text of texts) alone.push((await this.embed([text], signal)).rows);
    const dim = alone[0]!.length;
    const together = hasMask
      ? await this.embed(texts, signal).catch((error: unknown) => {
          // A graph that was exported for one text at a time refuses several.
          if (signal?.aborted) throw error;
          return undefined;
        })
      : undefined;
    const isSame = together?.rows.every(
      (value, i) => Math.abs(value - alone[Math.floor(i / dim)]![i % dim]!) < MAX_DIFFERENCE,
    );
    this.dim = dim;
    this.maxBatch = isSame ? MAX_MASKED_BATCH : 1;
  }

  #rowsOf(
    { data, dims, name }: Tensor,
    texts: readonly (readonly number[])[],
    nTokens: number,
  ): Float32Array {
    const { poolings } = this.output;
    const rank = poolings ? 3 : 2;
    if (!(data instanceof Float32Array) || dims.length !== rank || dims[0] !== texts.length) {
      throw new MulanError("model.dim", `the output "${name}" has another shape than it should`, {
        subject: this.#folder.graph,
        expected: poolings
          ? `float32 [${texts.length}, tokens, width]`
          : `float32 [${texts.length}, dim]`,
        got: `[${dims.join(", ")}]`,
      });
    }
    if (!poolings) return data;
    const lengths = texts.map((ids) => ids.length);
    const pooled = poolTokens({ data, nTokens, width: dims[2]!, lengths }, poolings);
    return (this.#folder.modules?.dense ?? []).reduce(applyDense, pooled);
  }

  #feeds(texts: readonly (readonly number[])[], nTokens: number): Tensor[] {
    const { padId } = this.#tokenizer;
    const values: Readonly<Record<string, (id: number | undefined) => number>> = {
      [IDS]: (id) => id ?? padId,
      [MASK]: (id) => (id === undefined ? 0 : 1),
      [TYPES]: () => 0,
    };
    return this.#session.inputs.map(({ name, dtype }) => {
      const at = (i: number) => values[name]!(texts[Math.floor(i / nTokens)]![i % nTokens]);
      const length = texts.length * nTokens;
      const data =
        dtype === "int64"
          ? BigInt64Array.from({ length }, (_, i) => BigInt(at(i)))
          : Int32Array.from({ length }, (_, i) => at(i));
      return { name, dims: [texts.length, nTokens], data };
    });
  }
}

/** float32 sums in another order differ by 1e-7; a neighbour that matters changes far more. */
const MAX_DIFFERENCE = 1e-5;

function checkInputs({ inputs }: Session, graph: string): void {
  const text = inputs.find(({ dtype }) => dtype === "string");
  if (text) {
    throw new MulanError("model.text-input", "the graph takes texts, not token ids", {
      subject: graph,
      expected: `${IDS}, ${MASK}`,
      got: `"${text.name}" (string)`,
      remedy:
        "Universal Sentence Encoder splits texts inside TensorFlow: take a copy in sentence-transformers' layout, such as distiluse-base-multilingual-cased",
    });
  }
  const known = [IDS, MASK, TYPES];
  const odd = inputs.find(({ name }) => !known.includes(name));
  const hasIds = inputs.some(({ name }) => name === IDS);
  const isInteger = inputs.every(({ dtype }) => dtype === "int64" || dtype === "int32");
  if (hasIds && !odd && isInteger) return;
  throw new MulanError("model.tensor-name", "the graph has other inputs than a text encoder", {
    subject: graph,
    expected: `${known.join(", ")} of int64 or int32`,
    got: inputs.map(({ name, dtype }) => `${name} (${dtype})`).join(", "),
  });
}
