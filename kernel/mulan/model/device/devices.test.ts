import { expect, test } from "vitest";
import { placementOn } from "../../../../test/support/fakeDevices.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import {
  autoOrder,
  chooseDevice,
  isSoftwareRenderer,
  parseDevice,
  plainReason,
  type Refusal,
  type RefusalMemo,
} from "./devices.ts";
import { checkAgreement, checkPlacement } from "./openOnDevice.ts";

function forgetful(known: Refusal[] = []): RefusalMemo & { remembered: Refusal[] } {
  const remembered: Refusal[] = [];
  return {
    remembered,
    recall: async (device) => known.find((refusal) => refusal.device === device),
    remember: async (refusal) => void remembered.push(refusal),
  };
}

function machineWith(...devices: Provider[]) {
  const tried: Provider[] = [];
  return {
    tried,
    open: async (device: Provider) => {
      tried.push(device);
      if (!devices.includes(device)) throw new Error(`no ${device} here`);
      return `on ${device}`;
    },
  };
}

const order: Provider[] = ["cuda", "webgpu", "cpu"];

test("auto takes the first device that serves and keeps each refusal with its reason", async () => {
  const { open } = machineWith("webgpu", "cpu");
  const choice = await chooseDevice("auto", open, forgetful(), order, false);
  expect(choice).toMatchObject({ used: "webgpu", opened: "on webgpu" });
  expect(choice.refused).toEqual([{ device: "cuda", reason: "no cuda here" }]);
});

test("auto ends on the CPU and remembers what refused", async () => {
  const { open } = machineWith("cpu");
  const memo = forgetful();
  expect((await chooseDevice("auto", open, memo, order, false)).used).toBe("cpu");
  expect(memo.remembered.map(({ device }) => device)).toEqual(["cuda", "webgpu"]);
});

test("a remembered refusal is not tried again, and says when it was made", async () => {
  const { open, tried } = machineWith("cpu");
  const known: Refusal = { device: "webgpu", reason: "no adapter", remembered: "2026-01-01" };
  const { refused } = await chooseDevice("auto", open, forgetful([known]), order, false);
  expect(tried).toEqual(["cuda", "cpu"]);
  expect(refused).toContainEqual(known);
});

test("a device asked for by name is tried whatever is remembered, and is never replaced", async () => {
  const { open, tried } = machineWith("cpu");
  const known: Refusal = { device: "webgpu", reason: "no adapter" };
  await expect(
    chooseDevice("webgpu", open, forgetful([known]), order, false),
  ).rejects.toMatchObject({
    code: "device.refused",
    message: expect.stringMatching(/no webgpu here.*"cpu"/),
  });
  expect(tried).toEqual(["webgpu"]);
});

test("an abort ends the search", async () => {
  const abort = async () => {
    throw new DOMException("stop", "AbortError");
  };
  await expect(chooseDevice("auto", abort, forgetful(), order, false)).rejects.toThrow("stop");
});

test.each(["linux", "win32", "darwin", "freebsd"])("on %s the CPU comes last", (platform) => {
  expect(autoOrder(platform).at(-1)).toBe("cpu");
});

test("an unknown device is an error that lists the known ones", () => {
  expect(() => parseDevice("tpu")).toThrow(/auto, cpu, cuda.*"tpu"/);
});

test.each([
  ["no available backend found. ERR: [dml] backend not found.", /has no dml/],
  ["OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library", /not installed/],
  [
    "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1 ; expr=cudaSetDevice(info_.device_id);",
    /driver is missing or older/,
  ],
  ["CUDA failure 100: no CUDA-capable device is detected ; GPU=-1", /finds no card/],
  ["x was false. Failed to get a WebGPU adapter: No supported adapters\n", /No supported adapters/],
])("ONNX Runtime's %s is put into words", (message, words) => {
  expect(plainReason("dml", new Error(message))).toMatch(words);
});

test("a provider that leaves every node to the CPU is not in use", () => {
  expect(() => checkPlacement(placementOn("", 0, 7), "dml")).toThrow(/all 7 nodes ran on the CPU/);
  checkPlacement(placementOn("DmlExecutionProvider", 3, 7), "dml");
});

test("a device that computes something else is refused with the cosine", () => {
  expect(() => checkAgreement(0.42, "webgpu")).toThrow(/at least 0.99, got 0.4200/);
  checkAgreement(0.9995, "webgpu");
});

test("without a GPU, auto does not even try WebGPU, and says why", async () => {
  const { open, tried } = machineWith("webgpu", "cpu");
  const memo = forgetful();
  const { used, refused } = await chooseDevice("auto", open, memo, order, true);
  expect({ used, tried }).toEqual({ used: "cpu", tried: ["cuda", "cpu"] });
  expect(refused[1]).toMatchObject({ device: "webgpu", reason: expect.stringMatching(/software/) });
  expect(memo.remembered).toHaveLength(1);
});

test("a card of several is picked by its number, and a wrong number is an error", async () => {
  expect(parseDevice("cuda:1")).toBe("cuda:1");
  expect(() => parseDevice("cuda:x")).toThrow(/cuda:1/);
  expect(() => parseDevice("cpu:1")).toThrow(/no such device/);
  const open = async (device: Provider, card?: number) => `${device} number ${card}`;
  const choice = await chooseDevice("cuda:1", open, forgetful(), order, false);
  expect(choice).toMatchObject({ used: "cuda", card: 1, opened: "cuda number 1" });
  const invalid = async () => {
    throw new Error("CUDA failure 101: invalid device ordinal ; GPU=0 ; hostname=x");
  };
  await expect(chooseDevice("cuda:7", invalid, forgetful(), order, false)).rejects.toThrow(
    /cannot run on cuda:7: there is no card of this number/,
  );
});

test("a Vulkan driver that is named tells whether WebGPU has a card or a software renderer", () => {
  expect(isSoftwareRenderer({ VK_DRIVER_FILES: "/usr/share/vulkan/icd.d/lvp_icd.json" })).toBe(
    true,
  );
  expect(isSoftwareRenderer({ VK_ICD_FILENAMES: "/etc/vulkan/icd.d/nvidia_icd.json" })).toBe(false);
});
