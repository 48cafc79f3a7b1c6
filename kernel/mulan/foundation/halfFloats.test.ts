import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { float16ToFloat32, float32ToFloat16 } from "./halfFloats.ts";
import { packageRoot } from "./packageRoot.ts";

/** Of numpy: test/reference/half_floats.py. */
const golden = JSON.parse(
  readFileSync(join(packageRoot, "test/goldens/model/half-floats.json"), "utf8"),
) as {
  allHalvesAsFloat32: string;
  nTurningPoints: number;
  turningPointsAsFloat16: string;
  examples: [string, number][];
  nan: number;
};

const allHalves = Uint16Array.from({ length: 65_536 }, (_, i) => i);

function sha256(values: Uint16Array | Uint32Array): string {
  return createHash("sha256").update(new Uint8Array(values.buffer)).digest("hex");
}

function numberOf(text: string): number {
  return text === "inf" ? Infinity : text === "-inf" ? -Infinity : Number(text);
}

/** Every half, the middle between it and the next one, and the float32 numbers beside both, of either sign. */
function turningPoints(): Float32Array {
  const halves = float16ToFloat32(allHalves.subarray(0, 0x7c00));
  const both = Float32Array.from({ length: 2 * halves.length }, (_, i) => {
    const half = halves[i >> 1]!;
    const next = halves[(i >> 1) + 1] ?? 65_536;
    return i % 2 === 0 ? half : (half + next) / 2;
  });
  const bits = [...new Uint32Array(both.buffer)];
  const near = bits.flatMap((one) => [one - 1, one, one + 1]).filter((one) => one >= 0);
  const signed = Uint32Array.from([...near, ...near.map((one) => one + 2 ** 31)]);
  return new Float32Array(signed.buffer);
}

test("all 65,536 halves are the float32 numbers that numpy makes of them", () => {
  const floats = float16ToFloat32(allHalves);
  const bits = new Uint32Array(floats.buffer);
  floats.forEach((value, i) => {
    if (Number.isNaN(value)) bits[i] = 0x7fc00000;
  });
  expect(sha256(bits)).toBe(golden.allHalvesAsFloat32);
});

test.each(golden.examples)("%s is the half that numpy makes of it", (text, half) => {
  expect(float32ToFloat16(Float32Array.of(numberOf(text)))[0]).toBe(half);
});

test("wherever rounding turns it turns as numpy's: to nearest even, into subnormals, to infinity", () => {
  const points = turningPoints();
  expect(points.length).toBe(golden.nTurningPoints);
  expect(sha256(float32ToFloat16(points))).toBe(golden.turningPointsAsFloat16);
});

test("what is not a number stays so, whatever its bits", () => {
  const bits = Uint32Array.of(0x7fc00000, 0x7f800001, 0xffffffff, 0x7fa00000);
  const halves = float32ToFloat16(new Float32Array(bits.buffer));
  expect([...halves].map((half) => half & 0x7fff)).toEqual(Array(bits.length).fill(golden.nan));
  expect([...float16ToFloat32(halves)].every(Number.isNaN)).toBe(true);
});

test("every half comes back from float32 as it was", () => {
  const isNumber = (half: number) => (half & 0x7fff) <= 0x7c00;
  const there = float32ToFloat16(float16ToFloat32(allHalves));
  expect([...there].filter((half, i) => isNumber(i) && half !== i)).toEqual([]);
});

test("a view into a larger array is converted, not what lies before it", () => {
  const all = Float32Array.of(9, 1, -2);
  expect([...float16ToFloat32(float32ToFloat16(all.subarray(1)))]).toEqual([1, -2]);
});
