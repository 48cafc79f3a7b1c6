import { expect, test } from "vitest";
import { assertNotPromise } from "./arguments.ts";

test("a promise is refused with the await to write", () => {
  expect(() => assertNotPromise(Promise.resolve(1), "await readAudio(…)")).toThrow(
    "Write await readAudio(…)",
  );
});

test("values pass", () => {
  // biome-ignore lint/suspicious/noThenProperty: what is tested
  const notQuite = { then: 1 };
  for (const value of [1, undefined, null, [], {}, notQuite]) assertNotPromise(value, "");
});
