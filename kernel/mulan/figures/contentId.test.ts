import { expect, it } from "vitest";
import { contentId } from "./contentId.ts";

const idOf = (text: string) => contentId(new TextEncoder().encode(text));

it("is FNV-1a in 64 bits, as its authors' test vectors have it", () => {
  expect(idOf("")).toBe("cbf29ce484222325");
  expect(idOf("a")).toBe("af63dc4c8601ec8c");
  expect(idOf("foobar")).toBe("85944171f73967e8");
});
