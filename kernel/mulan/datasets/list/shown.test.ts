import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test("a value for a message is quoted and cut", () => {
  expect(shown("a")).toBe('"a"');
  expect(shown(undefined)).toBe("nothing");
  expect(shown("x".repeat(100))).toBe(`"${"x".repeat(59)}…`);
});

test("whole numbers of 64 bits, which JSON does not know, are shown", () => {
  expect(shown(9007199254740993n)).toBe("9007199254740993");
  expect(shown({ start: [1n] })).toBe('{"start":[1]}');
});

test("of bytes only their number is said, and nobody writes them out", () => {
  const bytes = new Uint8Array(2e6);
  expect(shown({ bytes, path: "a.wav" })).toBe('{"bytes":"2000000 bytes","path":"a.wav"}');
  expect(shown(Buffer.from(bytes.buffer))).toBe('"2000000 bytes"');
});

test("a value that holds itself ends", () => {
  const odd: unknown[] = [];
  odd.push(odd);
  expect(shown(odd)).toBe('[[[["…"]]]]');
});
