// The parts of the Open Inference Protocol v2 that towers need: https://github.com/kserve/open-inference-protocol
// and of Triton's extension for binary tensors (binary_tensor_data).

import { z } from "zod";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";

export const BINARY_EXTENSION = "binary_tensor_data";
/** Length of the JSON in a body whose tensors follow it. */
export const JSON_LENGTH_HEADER = "inference-header-content-length";

export const serverSchema = z.looseObject({
  name: z.string().default("server"),
  version: z.string().default(""),
  extensions: z.array(z.string()).default([]),
});

const tensorSchema = z.looseObject({
  name: z.string(),
  datatype: z.string(),
  /** −1: any length. */
  shape: z.array(z.int()),
});

export const modelSchema = z.looseObject({
  name: z.string(),
  versions: z.array(z.string()).nullish(),
  platform: z.string().nullish(),
  inputs: z.array(tensorSchema).nullish(),
  outputs: z.array(tensorSchema).nullish(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
});

export type ModelMetadata = z.infer<typeof modelSchema>;

export const inferSchema = z.looseObject({
  id: z.string().nullish(),
  outputs: z.array(
    tensorSchema.extend({
      data: z.array(z.unknown()).nullish(),
      parameters: z.looseObject({ binary_data_size: z.int().nonnegative().optional() }).nullish(),
    }),
  ),
});

export type InferReply = z.infer<typeof inferSchema>;

const DTYPES: Readonly<Record<string, string>> = {
  FP32: "float32",
  FP16: "float16",
  FP64: "float64",
  INT64: "int64",
  INT32: "int32",
  BYTES: "string",
  BOOL: "bool",
};

export const DATATYPES = {
  float32: "FP32",
  float16: "FP16",
  int64: "INT64",
  int32: "INT32",
} as const;

/** A tensor of the server's metadata as ONNX Runtime would describe it. */
export function tensorInfo({ name, datatype, shape }: z.infer<typeof tensorSchema>): TensorInfo {
  const dims = shape.map((length) => (length < 0 ? "" : length));
  return { name, dtype: DTYPES[datatype] ?? datatype, dims };
}
