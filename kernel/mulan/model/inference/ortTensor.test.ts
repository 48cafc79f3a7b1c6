import { afterAll, expect, test, vi } from "vitest";

afterAll(() => vi.unstubAllGlobals());

test("halves stay a Uint16Array, which is all that the native part reads, where Node has Float16Array", async () => {
  // Node 24's own where there is one; an array of halves that stands for it on older ones.
  class Halves extends Uint16Array {}
  const known: unknown = Reflect.get(globalThis, "Float16Array");
  if (known === undefined) vi.stubGlobal("Float16Array", Halves);
  const before: unknown = Reflect.get(globalThis, "Float16Array");
  const { ortTensor } = await import("./ortTensor.ts");
  const tensor = ortTensor({ data: Uint16Array.of(0x3c00, 0xc000), dims: [1, 2] });
  expect(tensor).toMatchObject({ type: "float16", dims: [1, 2] });
  expect(tensor.data.constructor).toBe(Uint16Array);
  expect(Reflect.get(globalThis, "Float16Array")).toBe(before);
  expect(ortTensor({ data: Float32Array.of(1), dims: [1] }).type).toBe("float32");
});
