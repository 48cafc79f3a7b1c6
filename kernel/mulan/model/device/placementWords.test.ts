import { expect, test } from "vitest";
import { placementWords, shareOf } from "./placementWords.ts";
import { placementOf } from "./readPlacement.ts";

const node = (name: string, dur: number, provider: string, op_name: string) => ({
  cat: "Node",
  name,
  dur,
  args: { provider: `${provider}ExecutionProvider`, op_name },
});

test("nodes are counted once however often they ran, and their first run is left out of the time", () => {
  const placement = placementOf([
    node("a", 90_000, "WebGpu", "Conv"),
    node("a", 2000, "WebGpu", "Conv"),
    node("a", 3000, "WebGpu", "Conv"),
    node("b", 50, "CPU", "Shape"),
    { cat: "Session", name: "model_run", dur: 1 },
  ]);
  expect(placement).toEqual({
    WebGpuExecutionProvider: { nodes: 1, timeMs: 5, ops: { Conv: 1 } },
    CPUExecutionProvider: { nodes: 1, timeMs: 0.05, ops: { Shape: 1 } },
  });
});

test("where the card kept its own clock, its time counts and not only the host's for sending work off", () => {
  const kernel = (dur: number) => ({ cat: "Api", name: "&Conv&Conv", dur });
  const placement = placementOf([
    node("a", 10, "WebGpu", "Conv"),
    node("a", 10, "WebGpu", "Conv"),
    node("b", 1000, "CPU", "Shape"),
    kernel(5000),
    kernel(9000),
  ]);
  expect(shareOf(placement, "webgpu")).toBeCloseTo(0.9);
});

test("what ran elsewhere is said with its operators, shape arithmetic as such", () => {
  const share = (nodes: number, timeMs: number, ...ops: string[]) => ({
    nodes,
    timeMs,
    ops: Object.fromEntries(ops.map((op) => [op, 1])),
  });
  const WebGpuExecutionProvider = share(300, 98, "MatMul");
  expect(
    placementWords(
      { WebGpuExecutionProvider, CPUExecutionProvider: share(24, 2, "Shape", "Gather") },
      "webgpu",
    ),
  ).toBe("webgpu: 98 % of node time, 24 shape ops on cpu");
  expect(
    placementWords(
      { WebGpuExecutionProvider, CPUExecutionProvider: share(1, 0.01, "IsNaN") },
      "webgpu",
    ),
  ).toBe("webgpu: more than 99 % of node time, 1 op on cpu (IsNaN)");
  expect(placementWords({ WebGpuExecutionProvider }, "webgpu")).toBe(
    "webgpu: 100 % of node time, no op elsewhere",
  );
});
