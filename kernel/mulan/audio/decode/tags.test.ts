import { expect, test } from "vitest";
import { readVorbisComments } from "./tags.ts";

test("comments that are named as what every object inherits are no tags", () => {
  const comments = ["constructor=x", "__proto__=y", "toString=z", "TITLE=Nocturne"];
  const text = (value: string) => {
    const bytes = Buffer.from(value, "utf8");
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bytes.length);
    return Buffer.concat([size, bytes]);
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(comments.length);
  const block = Buffer.concat([text("vendor"), count, ...comments.map(text)]);
  expect(readVorbisComments(block)).toEqual({ title: "Nocturne" });
});
