import { expect, it } from "vitest";
import { chooseNode, isNewEnough } from "./chooseNode.ts";

it("takes Node 20.19 and everything newer", () => {
  expect(["20.19.0", "20.20.2", "22.1.0", "24.0.0"].map(isNewEnough)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["20.18.9", "18.20.0", "", "x"].map(isNewEnough)).toEqual([false, false, false, false]);
});

it("runs the editor's own program as Node when no setting names another", async () => {
  expect(await chooseNode(undefined)).toEqual({
    path: process.execPath,
    env: { ELECTRON_RUN_AS_NODE: "1" },
  });
});

it("says which setting to change when a program is not Node", async () => {
  await expect(chooseNode("/nowhere/node")).rejects.toThrow(/\/nowhere\/node.*mulan\.nodePath/s);
});
