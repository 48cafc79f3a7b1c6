import { expect, it } from "vitest";
import { isOurs, kernelNameOf, withOurKernel } from "./notebookMetadata.ts";

it("reads the kernel that a notebook names", () => {
  expect(kernelNameOf({ metadata: { kernelspec: { name: "python3" } } })).toBe("python3");
  expect(kernelNameOf({ metadata: {} })).toBeUndefined();
  expect(kernelNameOf({})).toBeUndefined();
  expect(kernelNameOf({ metadata: { kernelspec: { name: 3 } } })).toBeUndefined();
});

it("writes our kernel and keeps the rest of a notebook's metadata", () => {
  const before = {
    nbformat: 4,
    metadata: {
      kernelspec: { name: "python3" },
      language_info: { name: "python" },
      authors: ["a"],
    },
  };
  const after = withOurKernel(before);
  expect(isOurs(before)).toBe(false);
  expect(isOurs(after)).toBe(true);
  expect(after).toMatchObject({
    nbformat: 4,
    metadata: { authors: ["a"], language_info: { name: "typescript", file_extension: ".ts" } },
  });
});
