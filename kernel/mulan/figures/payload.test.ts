import { expect, test } from "vitest";
import {
  decodeBase64,
  decodeFloat16,
  decodeInt8,
  decodeUint8,
  encodeBase64,
  encodeFloat16,
  encodeInt8,
  encodeUint8,
} from "./payload.ts";

test("base64 is the same as Buffer's and comes back", () => {
  for (const length of [0, 1, 2, 3, 100, 8192, 20_001]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7919) & 0xff);
    const text = encodeBase64(bytes);
    expect(text).toBe(Buffer.from(bytes).toString("base64"));
    expect(decodeBase64(text)).toEqual(bytes);
  }
});

test("float16 keeps every half-precision number", () => {
  const bytes = Uint8Array.from({ length: 2 * 65_536 }, (_, i) =>
    i % 2 === 0 ? (i >> 1) & 0xff : i >> 9,
  );
  const values = decodeFloat16(encodeBase64(bytes));
  const again = decodeFloat16(encodeFloat16(values));
  expect(again).toEqual(values);
  expect(values[0x3c00]).toBe(1);
  expect(values[0x0001]).toBe(2 ** -24);
  expect(values[0xfc00]).toBe(Number.NEGATIVE_INFINITY);
  expect(values[0x7e00]).toBeNaN();
});

test("float16 rounds to nearest even and overflows to infinity", () => {
  const [a, b, c, d] = decodeFloat16(encodeFloat16([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65_520, 1e-9]));
  expect(a).toBe(1);
  expect(b).toBe(1 + 2 ** -9);
  expect(c).toBe(Number.POSITIVE_INFINITY);
  expect(d).toBe(0);
});

test("a cosine loses less than 0.0003 in float16", () => {
  const values = Float32Array.from({ length: 2001 }, (_, i) => (i - 1000) / 1000);
  decodeFloat16(encodeFloat16(values)).forEach((value, i) => {
    expect(Math.abs(value - values[i]!)).toBeLessThan(0.0003);
  });
});

test("int8 and uint8 come back within half a step and clamp what lies outside", () => {
  const [low, zero, high, over] = decodeInt8(encodeInt8([-0.5, 0, 0.25, 9], 0.5), 0.5);
  expect([low, zero, over]).toEqual([-0.5, 0, 0.5]);
  expect(Math.abs(high! - 0.25)).toBeLessThanOrEqual(0.5 / 254);
  const decibels = decodeUint8(encodeUint8([-80, -40, 0, 20, -500], -80, 0), -80, 0);
  expect(Math.abs(decibels[1]! + 40)).toBeLessThan(80 / 509);
  expect([decibels[0], decibels[2], decibels[3], decibels[4]]).toEqual([-80, 0, 0, -80]);
});
