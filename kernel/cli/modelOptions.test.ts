import { Command } from "commander";
import { expect, test } from "vitest";
import { deviceOption } from "./modelOptions.ts";

test("without --device none is named, so that MULAN_DEVICE counts as it does in a cell", () => {
  const given = (...argv: string[]) =>
    new Command().addOption(deviceOption()).parse(argv, { from: "user" }).opts();
  expect(given()).toEqual({});
  expect(given("--device", "cpu")).toEqual({ device: "cpu" });
});
