import { MulanError } from "../../foundation/errors.ts";
import { float16ToFloat32 } from "../../foundation/halfFloats.ts";
import { asRead, type FedTensor, type Tensor } from "../inference/tensors.ts";
import { DATATYPES, type InferReply, inferSchema } from "./v2Protocol.ts";

/** The body of an inference request, and how long the JSON in it is where tensors follow. */
export interface V2Body {
  readonly body: Uint8Array | string;
  readonly jsonLength: number | undefined;
}

const BYTES: Readonly<Record<string, number>> = { FP16: 2, FP32: 4, INT32: 4, INT64: 8 };

/** @param isBinary the server announced `binary_tensor_data` */
export function encodeRequest(
  id: string,
  inputs: readonly FedTensor[],
  outputs: readonly string[],
  isBinary: boolean,
): V2Body {
  const request = {
    id,
    inputs: inputs.map(({ name, dims, data }) => ({
      name,
      shape: dims,
      datatype: datatypeOf(data),
      ...(isBinary ? { parameters: { binary_data_size: data.byteLength } } : { data: plain(data) }),
    })),
    outputs: outputs.map((name) => ({
      name,
      ...(isBinary && { parameters: { binary_data: true } }),
    })),
  };
  const json = JSON.stringify(request);
  if (!isBinary) return { body: json, jsonLength: undefined };
  const head = Buffer.from(json);
  const blobs = inputs.map(({ data }) =>
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
  );
  return { body: Buffer.concat([head, ...blobs]), jsonLength: head.byteLength };
}

/** @throws MulanError `server.answer` for anything else than the outputs that were asked for */
export function decodeReply(
  bytes: Uint8Array,
  jsonLength: number | undefined,
  id: string,
  outputs: readonly string[],
): Tensor[] {
  const head = bytes.subarray(0, jsonLength ?? bytes.byteLength);
  const reply = parseReply(head);
  // An answer to an earlier try must not be taken for this one's.
  if (reply.id && reply.id !== id) throw badAnswer(`the answer to ${id}`, `one to ${reply.id}`);
  let at = jsonLength ?? 0;
  const found = new Map<string, Tensor>();
  for (const output of reply.outputs) {
    const size = output.parameters?.binary_data_size;
    const blob = size === undefined ? undefined : bytes.subarray(at, at + size);
    if (blob && blob.byteLength !== size) throw badAnswer(`${size} bytes`, `${blob.byteLength}`);
    at += size ?? 0;
    found.set(output.name, tensorOf(output, blob));
  }
  return outputs.map((name) => {
    const tensor = found.get(name);
    if (tensor) return tensor;
    throw badAnswer(`the output "${name}"`, [...found.keys()].join(", ") || "no output");
  });
}

function parseReply(head: Uint8Array): InferReply {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("utf8");
  try {
    return inferSchema.parse(JSON.parse(text));
  } catch {
    throw badAnswer("an inference reply of the v2 protocol", JSON.stringify(text.slice(0, 60)));
  }
}

function tensorOf(
  { name, shape, datatype, data }: InferReply["outputs"][number],
  blob: Uint8Array | undefined,
): Tensor {
  const length = shape.reduce((product, dim) => product * dim, 1);
  const values = (data ?? []).flat(shape.length);
  const given = blob ? blob.byteLength / (BYTES[datatype] ?? 4) : values.length;
  if (given !== length) throw badAnswer(`${length} numbers in "${name}"`, String(given));
  // A copy, so that it starts on a border of its numbers.
  const buffer = blob && new Uint8Array(blob).buffer;
  if (datatype === "FP32") {
    return {
      name,
      dims: shape,
      data: buffer ? new Float32Array(buffer) : Float32Array.from(values, Number),
    };
  }
  if (datatype === "FP16") {
    return buffer
      ? asRead({ name, dims: shape, data: new Uint16Array(buffer) })
      : { name, dims: shape, data: Float32Array.from(values, Number) };
  }
  if (datatype === "INT32") {
    return {
      name,
      dims: shape,
      data: buffer ? new Int32Array(buffer) : Int32Array.from(values, Number),
    };
  }
  if (datatype === "INT64") {
    const wide = () => BigInt64Array.from(values, (value) => BigInt(Number(value)));
    return { name, dims: shape, data: buffer ? new BigInt64Array(buffer) : wide() };
  }
  throw badAnswer(`"${name}" as FP32, FP16, INT32 or INT64`, datatype);
}

/** What a server answers that it should not. */
export function badAnswer(expected: string, got: string): MulanError {
  return new MulanError(
    "server.answer",
    "the server answered something else than it was asked for",
    {
      expected,
      got,
    },
  );
}

function datatypeOf(data: FedTensor["data"]): string {
  if (data instanceof Float32Array) return DATATYPES.float32;
  if (data instanceof Uint16Array) return DATATYPES.float16;
  return data instanceof BigInt64Array ? DATATYPES.int64 : DATATYPES.int32;
}

function plain(data: FedTensor["data"]): number[] {
  if (data instanceof Uint16Array) return Array.from(float16ToFloat32(data));
  return Array.from(data as ArrayLike<number | bigint>, Number);
}
