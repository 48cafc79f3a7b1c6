import { expect, test } from "vitest";
import { bundleOf } from "./bundle.ts";
import { similarityOf } from "./figures.testkit.ts";
import { warmUp } from "./warmUp.ts";

test("warming up ends, may run beside a figure and changes nothing in it", async () => {
  const figure = similarityOf(["a", "b"], ["c"]);
  const [beside] = await Promise.all([bundleOf(figure), warmUp()]);
  expect(await bundleOf(figure)).toEqual(beside);
});
