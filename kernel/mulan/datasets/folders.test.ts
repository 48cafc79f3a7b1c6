import { expect, test } from "vitest";
import { fixture } from "./fixtures.testkit.ts";
import { readFolders } from "./folders.ts";

test("sub-folders are labels, and what lies beside them is counted", async () => {
  const dataset = await readFolders(fixture("magnatagatune"));
  expect(dataset.labels).toEqual(["0", "b", "c", "d", "f"]);
  expect(dataset.items[4]).toMatchObject({
    id: "f/tin_lantern-soot-05-flue-0-29.mp3",
    tags: ["f"],
  });
  const loose = await readFolders(fixture("audioset/audio"));
  expect(loose.labels).toEqual(["more"]);
  expect(loose.conventions).toContain("3 files beside the sub-folders left out");
});

test("folders without sub-folders or without audio are refused", async () => {
  await expect(readFolders(fixture("audioset/audio/more"))).rejects.toMatchObject({
    code: "dataset.no-labels",
  });
  await expect(readFolders(fixture("tables"))).rejects.toMatchObject({ code: "dataset.no-audio" });
});
