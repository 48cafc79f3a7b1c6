import { MulanError } from "../../foundation/errors.ts";
import { filledTensors } from "../inference/filledTensors.ts";
import { checkGraph } from "../inference/graphContract.ts";
import type { GraphSession } from "../inference/inference.ts";
import type { Tensor } from "../inference/tensors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { normalizeRows } from "./pooling.ts";
import type { TextTokenizer, TokenizedText } from "./tokenizer.ts";

type Declared = Manifest["text"];

/** Texts of one batch are this many at most; a GPU likes more, but texts are short and quick. */
const MAX_MASKED_BATCH = 16;

export interface TextBatch {
  /** `[n, dim]`, as the manifest wants them: of length 1 if it says so. */
  readonly rows: Float32Array;
  readonly runMs: number;
}

/** A text as its tower takes it: token ids, or the text itself where the tower has a tokenizer of its own. */
export type TextInput = TokenizedText["ids"] | string;

/** What embedding needs of a text tower, wherever it runs. */
export interface TextSide {
  readonly dim: number;
  /** How many texts one run may take. */
  readonly maxBatch: number;
  /** @throws MulanError `text.empty` */
  tokenize(text: string): { readonly ids: TextInput; readonly nCut: number };
  embed(texts: readonly TextInput[], signal?: AbortSignal): Promise<TextBatch>;
}

/** The tower that turns token ids into embeddings. */
export class TextTower implements TextSide {
  readonly #session: GraphSession;
  readonly #declared: Declared;
  readonly dim: number;
  readonly #tokenizer: TextTokenizer;

  /** @throws MulanError `model.tensor-name`, `model.tensor-shape`, `model.dim` */
  constructor(session: GraphSession, { text, dim }: Manifest, tokenizer: TextTokenizer) {
    const { ids, mask, typeIds } = text.inputs;
    const named = [ids, mask, typeIds].filter((name) => name !== undefined);
    checkGraph(session, {
      file: text.file,
      inputs: named.map((name) => ({ name, rank: 2, dtypes: ["int64", "int32"] })),
      unusedInputs: text.unusedInputs,
      output: { name: text.output.name, dim },
    });
    this.#session = session;
    this.#declared = text;
    this.dim = dim;
    this.#tokenizer = tokenizer;
  }

  tokenize(text: string): TokenizedText {
    return this.#tokenizer.encode(text);
  }

  /** How many texts one run may take: with "single" graphs a neighbour would change the result. */
  get maxBatch(): number {
    return this.#declared.batching === "single" || !this.#declared.inputs.mask
      ? 1
      : MAX_MASKED_BATCH;
  }

  /** @throws MulanError `model.dim`, `model.not-finite`, `model.zero`, `child.crashed`; AbortError */
  async embed(texts: readonly (readonly number[])[], signal?: AbortSignal): Promise<TextBatch> {
    const length = Math.max(...texts.map((ids) => ids.length));
    const result = await this.#session.run(
      this.#feeds(texts, length),
      [this.#declared.output.name],
      signal,
    );
    const rows = checkedRows(result.outputs[0]!, texts.length, this.dim, this.#declared.file);
    const unit = this.#declared.normalize ? normalizeRows(rows, this.dim) : rows;
    return { rows: unit, runMs: result.runMs };
  }

  #feeds(texts: readonly (readonly number[])[], length: number): Tensor[] {
    const { ids, mask, typeIds } = this.#declared.inputs;
    const { padId } = this.#tokenizer;
    const table = (name: string, value: (id: number | undefined) => number) =>
      this.#integers(name, [texts.length, length], (row, column) => value(texts[row]![column]));
    return [
      table(ids, (id) => id ?? padId),
      ...(mask ? [table(mask, (id) => (id === undefined ? 0 : 1))] : []),
      ...(typeIds ? [table(typeIds, () => 0)] : []),
      ...filledTensors(this.#declared.unusedInputs),
    ];
  }

  #integers(
    name: string,
    dims: readonly [number, number],
    value: (row: number, column: number) => number,
  ): Tensor {
    const [rows, columns] = dims;
    const at = (i: number) => value(Math.floor(i / columns), i % columns);
    const isWide = this.#session.inputs.find((info) => info.name === name)?.dtype === "int64";
    const data = isWide
      ? BigInt64Array.from({ length: rows * columns }, (_, i) => BigInt(at(i)))
      : Int32Array.from({ length: rows * columns }, (_, i) => at(i));
    return { name, dims, data };
  }
}

/** A tower's output as `[n, dim]`. @throws MulanError `model.dim` */
export function checkedRows(output: Tensor, n: number, dim: number, file: string): Float32Array {
  if (output.data instanceof Float32Array && output.data.length === n * dim) return output.data;
  throw new MulanError(
    "model.dim",
    `the output "${output.name}" has another shape than it should`,
    {
      subject: file,
      expected: `float32 [${n}, ${dim}]`,
      got: `[${output.dims.join(", ")}]`,
    },
  );
}
