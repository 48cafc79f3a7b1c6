import { float16ToFloat32, float32ToFloat16 } from "../../foundation/halfFloats.ts";
import type { TensorInfo } from "./inferenceProtocol.ts";

/** Numbers that go into or come out of a graph. */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array | Int32Array;
}

/** The same as a graph may want it: a Uint16Array holds the bits of float16. */
export interface FedTensor extends Omit<Tensor, "data"> {
  readonly data: Tensor["data"] | Uint16Array;
}

export type TensorDtype = "float32" | "int64" | "int32";

/** What towers put into an input that takes floats, and read from an output that gives them: all else is converted. */
export const FLOAT_DTYPES: readonly string[] = ["float32", "float16"];

/** float32 becomes float16 where the graph's input is of that type; all else stays as it is. */
export function asFed({ name, dims, data }: Tensor, inputs: readonly TensorInfo[]): FedTensor {
  const isHalf = inputs.some((info) => info.name === name && info.dtype === "float16");
  if (!isHalf || !(data instanceof Float32Array)) return { name, dims, data };
  return { name, dims, data: float32ToFloat16(data) };
}

/** What a graph put out, float16 as float32. */
export function asRead({ name, dims, data }: FedTensor): Tensor {
  return { name, dims, data: data instanceof Uint16Array ? float16ToFloat32(data) : data };
}

/** A tensor without its numbers: these stand in the frame's bytes, in the same order, each from an 8-byte border on. */
export interface TensorHeader {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly dims: readonly number[];
}

const ALIGNMENT_BYTES = 8;

export function packTensors(tensors: readonly Tensor[]): {
  headers: TensorHeader[];
  bytes: Uint8Array;
} {
  const total = tensors.reduce((sum, { data }) => sum + aligned(data.byteLength), 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  const headers = tensors.map(({ name, dims, data }) => {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += aligned(data.byteLength);
    return { name, dims, dtype: dtypeOf(data) };
  });
  return { headers, bytes };
}

/** Views on `bytes`, which must start on an 8-byte border (a FrameReader's do). */
export function unpackTensors(headers: readonly TensorHeader[], bytes: Uint8Array): Tensor[] {
  let at = bytes.byteOffset;
  return headers.map(({ name, dtype, dims }) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    const data =
      dtype === "float32"
        ? new Float32Array(bytes.buffer, at, length)
        : dtype === "int64"
          ? new BigInt64Array(bytes.buffer, at, length)
          : new Int32Array(bytes.buffer, at, length);
    at += aligned(data.byteLength);
    return { name, dims, data };
  });
}

function dtypeOf(data: Tensor["data"]): TensorDtype {
  if (data instanceof Float32Array) return "float32";
  return data instanceof BigInt64Array ? "int64" : "int32";
}

function aligned(byteLength: number): number {
  return Math.ceil(byteLength / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
