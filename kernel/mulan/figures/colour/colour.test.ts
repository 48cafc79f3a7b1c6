import { expect, test } from "vitest";
import { magma } from "./magma.ts";
import { inkOn, type Rgb } from "./rgb.ts";
import { signedScale } from "./signed.ts";

const luma = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

test("magma runs from black to pale yellow and only gets lighter", () => {
  expect(luma(magma(0))).toBeLessThan(6);
  expect(luma(magma(1))).toBeGreaterThan(235);
  for (let i = 1; i <= 100; i++) {
    expect(luma(magma(i / 100))).toBeGreaterThanOrEqual(luma(magma((i - 1) / 100)) - 1);
  }
});

test("the signed scale is light at 0, blue below, red above and as dark on both sides", () => {
  const [low, zero, high] = [signedScale(0), signedScale(0.5), signedScale(1)];
  expect(Math.min(...zero)).toBeGreaterThan(235);
  expect(low[2]).toBeGreaterThan(low[0]);
  expect(high[0]).toBeGreaterThan(high[2]);
  expect(signedScale(-3)).toEqual(low);
});

test("numbers in cells have a contrast of at least 4.5 on every colour", () => {
  const relative = (rgb: Rgb): number =>
    rgb
      .map((value) => value / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i]!, 0);
  for (const scale of [magma, signedScale]) {
    for (let i = 0; i <= 200; i++) {
      const ground = relative(scale(i / 200));
      const letters = inkOn(scale(i / 200)) === "#ffffff" ? 1 : 0;
      const ratio = (Math.max(ground, letters) + 0.05) / (Math.min(ground, letters) + 0.05);
      expect(ratio).toBeGreaterThanOrEqual(4.5);
    }
  }
});
