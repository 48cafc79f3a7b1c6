import { readdirSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { textRuns } from "./textRuns.ts";

/** All two-byte characters of a legacy character set between these lead and trail bytes. */
function characters(encoding: string, leads: [number, number], trails: [number, number]): string {
  const decoder = new TextDecoder(encoding);
  let all = "";
  for (let lead = leads[0]; lead <= leads[1]; lead++) {
    for (let trail = trails[0]; trail <= trails[1]; trail++) {
      all += decoder.decode(Uint8Array.of(lead, trail));
    }
  }
  return all.replaceAll("\ufffd", "");
}

test.each([
  ["JIS X 0208 kanji, levels 1 and 2", characters("euc-jp", [0xb0, 0xf4], [0xa1, 0xfe]), 6355],
  ["GB 2312 hanzi", characters("gbk", [0xb0, 0xf7], [0xa1, 0xfe]), 6763],
  ["Big5 level 1", characters("big5", [0xa4, 0xc6], [0x40, 0x7e]), 2000],
  ["KS X 1001 hangul", characters("euc-kr", [0xb0, 0xc8], [0xa1, 0xfe]), 2350],
])("the bundled fonts have all of %s", (_, all, atLeast) => {
  expect([...all].length).toBeGreaterThanOrEqual(atLeast);
  const missing = [...all].filter((character) => textRuns(character)[0]?.text === "\ufffd");
  // Private-use code points stand for nothing that a font could draw.
  expect(missing.filter((character) => !/\p{Co}/u.test(character))).toEqual([]);
});

test("the fonts together stay below 8 MB", () => {
  const folder = new URL("../fonts/", import.meta.url);
  const sizes = readdirSync(folder).map((name) => statSync(new URL(name, folder)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000_000);
});
