import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fixture } from "./fixtures.testkit.ts";
import { type FolderOptions, readFolders } from "./folders.ts";

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

test("files of one folder below a label's, or of one name by a rule, are a group", async () => {
  const root = mkdtempSync(join(tmpdir(), "mulan-folders-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of ["rock/live/1.wav", "rock/live/2.wav", "rock/3.wav", "folk/live/1.wav"]) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  const groupsOf = async (options?: FolderOptions) => {
    const { items } = await readFolders(root, options);
    return Object.fromEntries(items.map(({ id, group }) => [id, group]));
  };
  expect(await groupsOf({ group: "folder" })).toEqual({
    "rock/live/1.wav": "rock/live",
    "rock/live/2.wav": "rock/live",
    "rock/3.wav": undefined,
    "folk/live/1.wav": "folk/live",
  });
  const byName = await groupsOf({ group: (path) => /(\d)\.wav$/.exec(path)?.[1] });
  expect(byName).toMatchObject({ "rock/live/1.wav": "1", "folk/live/1.wav": "1" });
  const { items } = await readFolders(root);
  expect(items.some((item) => "group" in item)).toBe(false);
});
