import { expect, test } from "vitest";
import { labelsOption, parseLabels } from "./evalOptions.ts";
import { UsageError } from "./usageError.ts";

test.each([
  ["a", ["a"]],
  ["drums, electric guitar,piano", ["drums", "electric guitar", "piano"]],
  [
    '"Wind instrument, woodwind instrument",Piano',
    ["Wind instrument, woodwind instrument", "Piano"],
  ],
  [' "a" , "b, c" ', ["a", "b, c"]],
  ['the "best", 7" single', ['the "best"', '7" single']],
  ['"say ""a, b"""', ['say "a, b"']],
])("--labels %j names %j", (text, labels) => {
  expect(parseLabels(text)).toEqual(labels);
});

test.each(["", " ", ",", "a,", ",a", "a,,b", '""', '"a, b', '"a" b', '"a",'])(
  "--labels %j is refused",
  (text) => {
    expect(() => parseLabels(text)).toThrow(UsageError);
  },
);

test("--labels may be repeated", () => {
  const { parseArg } = labelsOption();
  const first = parseArg!('"a, b"', undefined as never);
  expect(parseArg!("c", first)).toEqual(["a, b", "c"]);
});
