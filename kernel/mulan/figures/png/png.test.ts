import { expect, test } from "vitest";
import { decodePng } from "../figures.testkit.ts";
import { encodePng } from "./encodePng.ts";
import { quantize } from "./quantize.ts";

test("an image of few colours comes back exactly", () => {
  const rgba = Uint8Array.from({ length: 7 * 5 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (i * 16) & 0xf0,
  );
  const { width, height, rgb } = decodePng(encodePng(quantize(rgba, 7, 5)));
  expect([width, height]).toEqual([7, 5]);
  for (let p = 0; p < 35; p++) {
    expect([...rgb.subarray(3 * p, 3 * p + 3)]).toEqual([...rgba.subarray(4 * p, 4 * p + 3)]);
  }
});

test("with thousands of colours none is far off", () => {
  const side = 128;
  const rgba = new Uint8Array(side * side * 4).fill(255);
  for (let p = 0; p < side * side; p++) {
    rgba[4 * p] = 2 * (p % side);
    rgba[4 * p + 1] = 2 * Math.floor(p / side);
    rgba[4 * p + 2] = 128;
  }
  const { rgb } = decodePng(encodePng(quantize(rgba, side, side)));
  let sum = 0;
  for (let p = 0; p < side * side; p++) {
    for (const c of [0, 1, 2]) sum += Math.abs(rgb[3 * p + c]! - rgba[4 * p + c]!);
  }
  expect(sum / (side * side * 3)).toBeLessThan(16);
});
