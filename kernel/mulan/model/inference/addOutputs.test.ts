import { expect, test } from "vitest";
import { withOutputs } from "./addOutputs.ts";

test("an output is appended as one more piece of the graph's message", () => {
  const bytes = withOutputs(Uint8Array.of(1, 2, 3), [{ name: "t", dims: ["b", 384] }]);
  // Behind the file: what the Python package onnx writes for a model that has nothing but this output.
  const alone = "3a1762150a017412100a0e0801120a0a031201620a03088003";
  expect(Buffer.from(bytes).toString("hex")).toBe(`010203${alone}`);
});
