import { afterAll, beforeAll, expect, test } from "vitest";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import { load } from "../load.ts";
import { listDevices } from "./listDevices.ts";

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(() => ownCache[Symbol.asyncDispose]());

const NEVER_HERE: Provider = process.platform === "win32" ? "coreml" : "dml";

test("the CPU serves, and what does not serve says why", async () => {
  const devices = await listDevices();
  expect(devices.find(({ device }) => device === "cpu")).toEqual({
    device: "cpu",
    compiledIn: true,
    bundled: true,
    usable: true,
  });
  for (const { usable, reason } of devices) expect(usable).toBe(reason === undefined);
  expect(devices.find(({ device }) => device === NEVER_HERE)).toMatchObject({
    compiledIn: false,
    usable: false,
    reason: expect.stringContaining(process.platform),
  });
});

test("a device that this machine lacks is an error for who asks for it, not the CPU", async () => {
  await expect(load(TINY, { device: NEVER_HERE })).rejects.toMatchObject({
    code: "device.refused",
    message: expect.stringMatching(/no (dml|coreml) for .*"cpu"/),
  });
});

test("auto serves on every machine and keeps the reasons of those that refused", async () => {
  await using model = await load(TINY);
  const { asked, refused } = model.describe().device;
  expect(asked).toBe("auto");
  for (const { reason } of refused) expect(reason).not.toBe("");
});
