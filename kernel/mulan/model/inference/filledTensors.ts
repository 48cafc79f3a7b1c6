import type { Manifest } from "../manifest/manifest.ts";
import type { Tensor } from "./tensors.ts";

/** Tensors for the inputs of a graph that are not the tower's own. */
export function filledTensors(unused: Manifest["audio"]["unusedInputs"] = []): Tensor[] {
  return unused.map(({ name, dtype, dims, value }) => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    if (dtype === "float32") return { name, dims, data: new Float32Array(length).fill(value) };
    if (dtype === "int32") return { name, dims, data: new Int32Array(length).fill(value) };
    return { name, dims, data: new BigInt64Array(length).fill(BigInt(value)) };
  });
}
