import { z } from "zod";
import { MulanError } from "../../foundation/errors.ts";
import { bfloat16ToFloat32, float16ToFloat32 } from "../../foundation/halfFloats.ts";
import type { Embeddings, EmbeddingsInit } from "../embeddings.ts";
import { initFromArrays, numericArrays } from "./arrayFile.ts";
import { type FileArray, type FileArrays, sizeOf } from "./arrays.ts";
import type { FilePart } from "./rowNames.ts";
import { sourcesToColumns } from "./sources.ts";

/** `u64le headerLength, JSON header, tensors` (https://github.com/huggingface/safetensors#format). */
const LENGTH_BYTES = 8;
const ALIGNMENT_BYTES = 8;
/** The limit of the format's own reader. */
const MAX_HEADER_BYTES = 100_000_000;

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
type Tensor = z.infer<typeof tensorSchema>;
const metadataSchema = z.record(z.string(), z.string());
const textsSchema = z.array(z.string());

const BYTES_OF: Readonly<Record<string, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  I64: 8,
};

/** Tensor "embeddings" (and the windows'), with labels and sources as JSON lists in the metadata. */
export function encodeSafetensors(embeddings: Embeddings): Uint8Array {
  const { labels, modality, modelId, sources } = embeddings;
  const header: Record<string, unknown> = {
    __metadata__: {
      labels: JSON.stringify(labels),
      sources: JSON.stringify(sourcesToColumns(sources).source),
      modality,
      model_id: modelId,
    },
  };
  const contents: Uint8Array[] = [];
  let at = 0;
  for (const [name, { shape, numbers }] of wideTypesFirst(numericArrays(embeddings))) {
    const { buffer, byteOffset, byteLength } = numbers!;
    header[name] = { dtype: dtypeOf(numbers!), shape, data_offsets: [at, at + byteLength] };
    contents.push(new Uint8Array(buffer, byteOffset, byteLength));
    at += byteLength;
  }
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const padding = Buffer.alloc(-text.length & (ALIGNMENT_BYTES - 1), " ");
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(text.length + padding.length));
  return Buffer.concat([length, text, padding, ...contents]);
}

/** Ours, or any .safetensors with one 2-D tensor of F64, F32, F16 or BF16, or one called as the part. */
export function decodeSafetensors(
  bytes: Uint8Array,
  path: string,
  part?: FilePart,
): EmbeddingsInit {
  const { arrays, metadata } = safetensorsArrays(bytes, path);
  const facts = {
    labels: textList(metadata.labels) ?? textList(metadata.ids) ?? textList(metadata.id),
    sources: textList(metadata.sources),
    modality: metadata.modality,
    modelId: metadata.model_id,
  };
  return initFromArrays(arrays, facts, path, part);
}

/**
 * Every tensor of a file by its name, and its metadata.
 * @throws MulanError `embedding-file.invalid`
 */
export function safetensorsArrays(
  bytes: Uint8Array,
  path: string,
): { readonly arrays: FileArrays; readonly metadata: Readonly<Record<string, string>> } {
  const { __metadata__, ...entries } = parseHeader(bytes, path);
  const content = bytes.subarray(LENGTH_BYTES + headerLength(bytes, path));
  const arrays = new Map<string, FileArray>();
  for (const [name, entry] of Object.entries(entries)) {
    const tensor = tensorSchema.safeParse(entry);
    if (!tensor.success)
      throw invalid(path, `tensor "${name}" is not described as the format asks`);
    arrays.set(name, decodeTensor(tensor.data, content, `${path} (${name})`));
  }
  return { arrays, metadata: metadataSchema.safeParse(__metadata__ ?? {}).data ?? {} };
}

function headerLength(bytes: Uint8Array, path: string): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length >= LENGTH_BYTES ? Number(view.getBigUint64(0, true)) : Infinity;
  if (length > MAX_HEADER_BYTES || LENGTH_BYTES + length > bytes.length) {
    throw invalid(path, "the file is shorter than its header says");
  }
  return length;
}

function parseHeader(bytes: Uint8Array, path: string): Record<string, unknown> {
  const end = LENGTH_BYTES + headerLength(bytes, path);
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes.subarray(LENGTH_BYTES, end)).toString());
    return z.record(z.string(), z.unknown()).parse(header);
  } catch {
    throw invalid(path, "the header is not a JSON object");
  }
}

function decodeTensor(
  { dtype, shape, data_offsets }: Tensor,
  all: Uint8Array,
  path: string,
): FileArray {
  const elementBytes = BYTES_OF[dtype];
  if (elementBytes === undefined) return { shape, type: dtype };
  const [from, to] = data_offsets;
  if (to > all.length || to - from !== sizeOf(shape) * elementBytes) {
    throw invalid(path, "a tensor's bytes do not fit its shape, or the file is cut off");
  }
  return {
    shape,
    type: dtype,
    ...decodeNumbers(dtype, new Uint8Array(all.subarray(from, to)).buffer),
  };
}

function decodeNumbers(
  dtype: string,
  buffer: ArrayBufferLike,
): Pick<FileArray, "numbers" | "wideInts"> {
  if (dtype === "F64") return { numbers: new Float64Array(buffer) };
  if (dtype === "U32") return { numbers: new Uint32Array(buffer) };
  if (dtype === "I32") return { numbers: Float64Array.from(new Int32Array(buffer)) };
  if (dtype === "F16") return { numbers: float16ToFloat32(new Uint16Array(buffer)) };
  if (dtype === "BF16") return { numbers: bfloat16ToFloat32(new Uint16Array(buffer)) };
  if (dtype === "I64") {
    const wideInts = new BigInt64Array(buffer);
    return { numbers: Float64Array.from(wideInts as ArrayLike<bigint>, Number), wideInts };
  }
  return { numbers: new Float32Array(buffer) };
}

function dtypeOf(numbers: Float32Array | Float64Array | Uint32Array): string {
  if (numbers instanceof Uint32Array) return "U32";
  return numbers instanceof Float64Array ? "F64" : "F32";
}

/** Each tensor then starts at a multiple of its element's size, which memory-mapping readers need. */
function wideTypesFirst(arrays: ReadonlyMap<string, Omit<FileArray, "type">>) {
  const width = (array: Omit<FileArray, "type">) => array.numbers?.BYTES_PER_ELEMENT ?? 0;
  return [...arrays].sort(([, a], [, b]) => width(b) - width(a));
}

function textList(json: string | undefined): string[] | undefined {
  if (json === undefined) return undefined;
  try {
    return textsSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

function invalid(path: string, message: string): MulanError {
  return new MulanError("embedding-file.invalid", message, {
    subject: path,
    expected: "a .safetensors file",
  });
}
