import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { Clip } from "../../audio/clip.ts";
import { load } from "../load.ts";
import { unloadModels } from "../unloadModels.ts";
import { isSoftwareRenderer } from "./devices.ts";

/** Of Mesa 25 or newer; scripts/software-vulkan.sh brings it and says how to point here. */
const DRIVER = process.env.MULAN_TEST_VULKAN ?? "";
const hasDriver = existsSync(`${DRIVER}/lvp_icd.json`);
if (!hasDriver) {
  console.warn("webgpu on software Vulkan is not tested: MULAN_TEST_VULKAN names no driver");
}

describe.skipIf(!hasDriver)("on software Vulkan", () => {
  let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
  const before = { ...process.env };
  beforeAll(async () => {
    ownCache = await useOwnCacheFolder();
    process.env.VK_DRIVER_FILES = `${DRIVER}/lvp_icd.json`;
    process.env.LD_LIBRARY_PATH = [DRIVER, before.LD_LIBRARY_PATH].filter(Boolean).join(":");
    // Inference processes of this test start with the environment of now.
    await unloadModels();
  });
  afterAll(async () => {
    for (const name of ["VK_DRIVER_FILES", "LD_LIBRARY_PATH"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await ownCache[Symbol.asyncDispose]();
  });

  const sine = Float32Array.from({ length: 24_000 }, (_, i) => Math.sin(i / 9) / 2);
  const clip = () => Clip.fromSamples(sine, 8000, { label: "sine" });

  test("a model asked onto webgpu runs there, agrees with the CPU, and is called software", async () => {
    await using model = await load(TINY, { device: "webgpu" });
    const { used, software, summary, placement, agreementWithCpu, batch } = model.describe().device;
    expect({ used, software }).toEqual({ used: "webgpu", software: true });
    expect(placement?.WebGpuExecutionProvider?.nodes).toBeGreaterThan(10);
    expect(summary).toMatch(/^webgpu: (more than )?\d+ % of node time, .*software renderer$/);
    expect(agreementWithCpu).toBeGreaterThan(0.9999);
    expect(batch?.size).toBeGreaterThan(0);
    const onGpu = await model.embedAudio(clip(), { cache: false });
    await using onCpu = await load(TINY, { device: "cpu" });
    const same = await onCpu.embedAudio(clip(), { cache: false });
    const cosine = onGpu.row(0).reduce((sum, value, i) => sum + value * same.row(0)[i]!, 0);
    expect(cosine).toBeGreaterThan(0.9999);
  });

  test("auto leaves a software renderer alone and says so", async () => {
    expect(isSoftwareRenderer()).toBe(true);
    await using model = await load(TINY);
    const { used, refused } = model.describe().device;
    expect(used).toBe("cpu");
    expect(refused).toContainEqual({
      device: "webgpu",
      reason: expect.stringMatching(/software renderer/),
    });
  });
});
