import { expect, test } from "vitest";
import { Clip } from "../audio/clip.ts";
import { excerpt } from "./excerpt.ts";

const clipOf = (durationSec: number) =>
  Clip.fromSamples(new Float32Array(durationSec * 10), 10, { label: `${durationSec} s` });
const span = ({ startSec, durationSec }: Clip) => [startSec, durationSec];

test("a long recording gives half a minute from the 30th second on", () => {
  expect(span(excerpt(clipOf(300)))).toEqual([30, 30]);
  expect(span(excerpt(clipOf(60)))).toEqual([30, 30]);
});

test("a recording that ends earlier gives its last half minute, a short one all it has", () => {
  expect(span(excerpt(clipOf(45)))).toEqual([15, 30]);
  expect(span(excerpt(clipOf(30)))).toEqual([0, 30]);
  expect(span(excerpt(clipOf(12)))).toEqual([0, 12]);
});

test("another place and length can be asked for, relative to the clip", () => {
  const part = clipOf(100).excerpt({ startSec: 20, durationSec: 50 });
  expect(span(excerpt(part, { startSec: 10, durationSec: 5 }))).toEqual([30, 5]);
  expect(() => excerpt(part, { startSec: -1 })).toThrow("startSec -1");
  expect(() => excerpt(part, { durationSec: 0 })).toThrow("durationSec 0");
});
