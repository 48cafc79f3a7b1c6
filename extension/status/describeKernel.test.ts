import { expect, it } from "vitest";
import { noKernel } from "../session/kernelState.ts";
import { describeDevice, describeKernel, type LoadedModel } from "./describeKernel.ts";

const model: LoadedModel = {
  id: "mulan-mini",
  name: "MuLan mini",
  folder: "/models/mulan-mini",
  runtimeVersion: "1.30.0",
  device: {
    asked: "auto",
    used: "cpu",
    refused: [{ device: "cuda", reason: "its libraries are not installed" }],
  },
};

it("says what the kernel does, and with which model on which device", () => {
  expect(describeKernel(noKernel, undefined).text).toBe("$(circle-outline) MuLan: not started");
  expect(describeKernel({ ...noKernel, phase: "idle" }, model).text).toBe(
    "$(circle-filled) MuLan: idle · mulan-mini · cpu",
  );
});

it("says how much of a model runs on a GPU, and what does not", () => {
  const summary = "webgpu: 98 % of node time, 24 shape ops on cpu, software renderer";
  const onGpu = { ...model, device: { ...model.device, used: "webgpu", summary } as const };
  const { text, tooltip } = describeKernel({ ...noKernel, phase: "idle" }, onGpu);
  expect(text).toBe("$(circle-filled) MuLan: idle · mulan-mini · webgpu: 98 % of node time");
  expect(tooltip).toContain(summary);
});

it("tells in the tooltip why a device was refused and why an engine ended", () => {
  expect(describeKernel({ ...noKernel, phase: "busy" }, model).tooltip).toContain(
    "not cuda: its libraries are not installed",
  );
  expect(
    describeKernel({ ...noKernel, phase: "ended", reason: "killed" }, undefined).tooltip,
  ).toContain("killed");
});

it("names the Python or the server that runs a model, and ONNX Runtime only where it does", () => {
  const inPython = {
    ...model,
    runtimeVersion: "Python 3.12.4",
    device: { asked: "auto", used: "python", refused: [] } as const,
  };
  expect(describeDevice(inPython)).toEqual(["Device: python (asked for auto), Python 3.12.4"]);
  expect(describeDevice(model)[0]).toBe("Device: cpu (asked for auto), ONNX Runtime 1.30.0");
});
