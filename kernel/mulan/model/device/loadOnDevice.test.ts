import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type FakeDevice, FakeDevices, placementOn } from "../../../../test/support/fakeDevices.ts";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { Clip } from "../../audio/clip.ts";
import { findModel } from "../findModel.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import { loadGraphs } from "../loadGraphs.ts";
import { startLoading } from "../loading.ts";
import type { DeviceRequest } from "./devices.ts";

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
});
afterAll(() => ownCache[Symbol.asyncDispose]());

function loadOn(devices: FakeDevices, device: DeviceRequest) {
  const options = { device };
  const loading = startLoading(options);
  return loadGraphs(() => findModel(TINY, loading, options), loading, options, devices);
}

async function withDevices<T>(
  devices: Partial<Record<Provider, FakeDevice>>,
  use: (fakes: FakeDevices) => Promise<T>,
): Promise<T> {
  vi.stubEnv("VK_DRIVER_FILES", "/etc/vulkan/icd.d/some_card.json");
  await using fakes = new FakeDevices(devices);
  try {
    return await use(fakes);
  } finally {
    vi.unstubAllEnvs();
  }
}

const fast = { runMs: () => 0.0001 };
const cuda = { ...fast, placement: placementOn("CUDAExecutionProvider", 30, 12) };

test("the description says how much of the node time ran where", () =>
  withDevices({ cuda }, async (fakes) => {
    await using model = await loadOn(fakes, "cuda:1");
    expect(fakes.asked).toEqual(["cuda:1", "cuda:1"]);
    const { device } = model.describe();
    expect(device).toMatchObject({ used: "cuda", card: 1, agreementWithCpu: expect.closeTo(1) });
    expect(device.summary).toBe("cuda: 98 % of node time, 24 shape ops on cpu");
    expect(String(model)).toContain("cuda: 98 % of node time, 24 shape ops on cpu");
  }));

test.each(["dml", "coreml", "cuda", "webgpu"] as const)(
  "%s that leaves every node to the CPU is an error, not the CPU",
  (provider) =>
    withDevices({ [provider]: { placement: placementOn("", 0, 12) } }, (fakes) =>
      expect(loadOn(fakes, provider)).rejects.toMatchObject({
        code: "device.refused",
        message: expect.stringMatching(/all 24 nodes ran on the CPU/),
      }),
    ),
);

test("a device that computes something else is an error with the cosine", () =>
  withDevices({ cuda: { ...cuda, garbles: true } }, (fakes) =>
    expect(loadOn(fakes, "cuda")).rejects.toThrow(/other embeddings than the CPU.*0\.99/),
  ));

test.runIf(process.platform === "linux")(
  "auto goes from card to card and keeps why each one refused",
  () =>
    withDevices(
      { cuda: { refuses: "Failed to load shared library" }, webgpu: { runMs: () => 1e6 } },
      async (fakes) => {
        await using model = await loadOn(fakes, "auto");
        const { used, refused, summary } = model.describe().device;
        expect({ used, summary }).toEqual({ used: "cpu", summary: "cpu" });
        expect(refused).toEqual([
          { device: "cuda", reason: expect.stringMatching(/libraries for cuda are not installed/) },
          { device: "webgpu", reason: expect.stringMatching(/slower than the CPU.*0\.00/) },
        ]);
      },
    ),
);

function noise(seconds: number): Clip {
  const samples = Float32Array.from({ length: 8000 * seconds }, (_, i) => Math.sin(i * i) / 2);
  return Clip.fromSamples(samples, 8000, { label: "noise" });
}

test("on a GPU the batch is found by trying, and embedding goes on in smaller ones when memory runs out", () =>
  withDevices({ cuda: { ...cuda, runMs: () => 1e-3 } }, async (fakes) => {
    await using model = await loadOn(fakes, "cuda");
    const { batch } = model.describe().device;
    expect(batch?.size).toBe(32);
    fakes.fill("cuda", 5);
    fakes.runs.length = 0;
    const { windows } = await model.embedAudio(noise(40), { cache: false });
    expect(windows?.startSec).toHaveLength(40);
    expect(fakes.runs.filter(({ ok }) => !ok).map(({ rows }) => rows)).toEqual([32, 16, 8]);
    expect(Math.max(...fakes.runs.filter(({ ok }) => ok).map(({ rows }) => rows))).toBe(4);
    await using onCpu = await loadOn(fakes, "cpu");
    const same = await onCpu.embedAudio(noise(40), { cache: false });
    const differences = windows!.data.map((value, i) => Math.abs(value - same.windows!.data[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-5);
  }));
