import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Sizes = Record<string, { readonly kB: number; readonly gzippedKB: number }>;

const read = (path: string): Sizes =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"));

// What a page loads for a family, its chunks included. Growth is a decision: raise renderers/budget.json with it.
test("every renderer stays within its budget, and has one", () => {
  const sizes = read("dist/renderers/sizes.json");
  const budget = read("renderers/budget.json");
  expect(Object.keys(sizes).sort()).toEqual(Object.keys(budget).sort());
  for (const [family, { kB, gzippedKB }] of Object.entries(sizes)) {
    const most = budget[family]!;
    const fits = kB <= most.kB && gzippedKB <= most.gzippedKB;
    expect(
      `${family}: ${kB} kB, ${gzippedKB} kB gzipped, ${fits ? "fits" : "too large"}`,
    ).toContain("fits");
  }
});
