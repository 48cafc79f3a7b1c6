import { readFileSync } from "node:fs";

export interface GoldenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Tensors and string metadata of a small .safetensors file that our own Python scripts wrote. */
export function readGoldens(path: string): {
  tensors: Map<string, GoldenTensor>;
  metadata: Record<string, string>;
} {
  const file = readFileSync(path);
  const headerBytes = Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString("utf8", 8, 8 + headerBytes)) as Record<string, unknown>;
  const tensors = new Map<string, GoldenTensor>();
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, data_offsets } = value as {
      dtype: string;
      shape: number[];
      data_offsets: [number, number];
    };
    const [from, to] = data_offsets.map((offset) => 8 + headerBytes + offset) as [number, number];
    tensors.set(name, { dtype, shape, bytes: new Uint8Array(file.subarray(from, to)) });
  }
  return { tensors, metadata: (header.__metadata__ ?? {}) as Record<string, string> };
}

export function float32Of({ bytes }: GoldenTensor): Float32Array {
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

export function int16Of({ bytes }: GoldenTensor): Int16Array {
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}
