import { expect, test } from "vitest";
import { assertNotPromise } from "./arguments.ts";

test("a promise is refused with the await to write", () => {
  expect(() => assertNotPromise(Promise.resolve(1), "await readAudio(…)")).toThrow(
    "Write await readAudio(…)",
  );
});

test("values pass", () => {
  for (const value of [1, undefined, null, [], {}, { then: 1 }]) assertNotPromise(value, "");
});
