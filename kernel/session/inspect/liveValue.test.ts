import { expect, test } from "vitest";
import { readChain } from "./liveValue.ts";

test.each([
  ["clips", ["clips"]],
  ["const first = clips[0].label", ["clips", "[0]", "label"]],
  ["await model?.manifest.", ["model", "manifest"]],
  ["rows?.[3].anchor", ["rows", "[3]", "anchor"]],
  ["f(größe.$x_1", ["größe", "$x_1"]],
  ["1 + ", undefined],
])("the chain at the end of %j is %j", (text, chain) => {
  expect(readChain(text)).toEqual(chain);
});

test("a name of a thousand letters that stands behind no chain is read at once", () => {
  expect(readChain(`"${"a".repeat(1000)}/b" + `)).toBeUndefined();
  expect(readChain("a".repeat(1000))).toEqual(["a".repeat(1000)]);
});
