import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { TINY } from "../../../../test/support/models.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { TextTokenizer } from "./tokenizer.ts";

const golden = JSON.parse(
  readFileSync(join(packageRoot, "test/goldens/model/tiny.json"), "utf8"),
) as { texts: string[]; ids: number[][] };

let tokenizer: TextTokenizer;

beforeAll(async () => {
  tokenizer = await TextTokenizer.open({ file: join(TINY, "tokenizer.json"), maxTokens: 16 });
});

test("ids are those of Python's tokenizers, unknown words too", () => {
  expect(golden.texts.map((text) => tokenizer.encode(text).ids)).toEqual(golden.ids);
});

test("a long text keeps its closing token", () => {
  const [cls, sep] = [golden.ids[0]![0], golden.ids[0]!.at(-1)];
  const { ids, nCut } = tokenizer.encode("piano ".repeat(20));
  expect(ids).toHaveLength(16);
  expect([ids[0], ids.at(-1)]).toEqual([cls, sep]);
  expect(nCut).toBe(6);
});

test("a text of 10,000 words gives the first tokens of its first words", () => {
  const { ids, nCut } = tokenizer.encode("slow piano ".repeat(5000));
  expect(ids).toEqual(tokenizer.encode("slow piano ".repeat(7)).ids);
  expect(nCut).toBeGreaterThan(9000);
});

test("a word of a megabyte is one unknown token, not a long wait", () => {
  expect(tokenizer.encode("a".repeat(1_000_000)).ids).toHaveLength(3);
});

test.each([
  ["empty", ""],
  ["blank", " \n\t"],
])("an %s text is an error with a remedy", (_, text) => {
  expect(() => tokenizer.encode(text)).toThrow(/empty text.*one word/);
});

test("the highest id is the last of the vocabulary", () => {
  const unknown = golden.ids[3]![2]!;
  expect(tokenizer.isUnknown([2, unknown, unknown, 3])).toBe(true);
  expect(tokenizer.isUnknown(golden.ids[0]!)).toBe(false);
  expect(tokenizer.highestId).toBeGreaterThan(50);
});
