import { Tensor as OrtTensor } from "onnxruntime-node";
import type { FedTensor } from "./tensors.ts";

chooseUint16ForHalves();

/** A tensor as ONNX Runtime takes it; a Uint16Array holds the bits of float16. */
export function ortTensor({ data, dims }: Pick<FedTensor, "data" | "dims">): OrtTensor {
  return data instanceof Uint16Array
    ? new OrtTensor("float16", data, dims)
    : new OrtTensor(data, dims);
}

/**
 * Where Node has Float16Array (24), onnxruntime-common 1.30 turns halves into one, which the native part of
 * onnxruntime-node cannot read ("not enough space: expected n, got 0"). It looks for Float16Array once, when the first
 * tensor is made: that one is made here, while there is none to be found.
 */
function chooseUint16ForHalves(): void {
  const found = Object.getOwnPropertyDescriptor(globalThis, "Float16Array");
  if (!found) return;
  Reflect.deleteProperty(globalThis, "Float16Array");
  try {
    new OrtTensor("float16", new Uint16Array(1), [1]);
  } finally {
    Object.defineProperty(globalThis, "Float16Array", found);
  }
}
