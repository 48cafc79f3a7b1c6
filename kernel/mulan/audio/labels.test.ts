import { expect, test } from "vitest";
import { distinctLabels } from "./labels.ts";

test("a label is the file's name, longer only where several share it", () => {
  const paths = ["a/03-rock.mp3", "a/x.wav", "a/x.flac", "b/x.flac", "b/夜.opus"];
  expect(distinctLabels(paths)).toEqual(["03-rock", "x.wav", "a/x.flac", "b/x.flac", "夜"]);
});

test("the same file twice is numbered", () => {
  expect(distinctLabels(["c/x.wav", "c/x.wav"])).toEqual(["c/x.wav", "c/x.wav (2)"]);
});
