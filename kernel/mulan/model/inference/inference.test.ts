import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TINY, WAVE } from "../../../../test/support/models.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { InferenceProcess, type Session } from "./inference.ts";
import type { Tensor } from "./tensors.ts";

const goldens = join(packageRoot, "test/goldens/model");
const golden = JSON.parse(readFileSync(join(goldens, "tiny.json"), "utf8")) as Record<
  "mel" | "wavs",
  { dims: number[]; embeds: number[][] }
>;

let inference: InferenceProcess;

beforeAll(() => {
  inference = new InferenceProcess();
});
afterAll(() => inference[Symbol.asyncDispose]());

function input(name: "mel" | "wavs"): Tensor {
  const bytes = new Uint8Array(readFileSync(join(goldens, `${name}.f32`)));
  return { name, dims: golden[name].dims, data: new Float32Array(bytes.buffer) };
}

function openTiny(key = "tiny"): Promise<Session> {
  return inference.open(key, join(TINY, "audio.onnx"), { provider: "cpu" });
}

function expectClose({ data }: Tensor, rows: number[][]): void {
  rows.flat().forEach((value, i) => {
    expect(data[i]).toBeCloseTo(value, 5);
  });
}

test.each(["mel", "wavs"] as const)(
  "%s goes through the process as through Python's ONNX Runtime",
  async (name) => {
    const file = join(name === "mel" ? TINY : WAVE, "audio.onnx");
    const session = await inference.open(name, file, { provider: "cpu" });
    const { outputs, runMs } = await session.run([input(name)], ["embeds"]);
    expectClose(outputs[0]!, golden[name].embeds);
    expect(runMs).toBeGreaterThan(0);
  },
);

test("a session tells its inputs and outputs", async () => {
  const { inputs, outputs, runtimeVersion } = await openTiny();
  expect(inputs).toEqual([{ name: "mel", dtype: "float32", dims: ["batch", 1, "frames", 16] }]);
  expect(outputs).toEqual([{ name: "embeds", dtype: "float32", dims: ["batch", 12] }]);
  expect(runtimeVersion).toMatch(/^\d+\.\d+/);
});

test("a process that is killed fails the run under way with one clear error and serves the next", async () => {
  const session = await openTiny();
  // Stopped, so that no run ends before the process does.
  process.kill(inference.pid!, "SIGSTOP");
  const runs = Array.from({ length: 3 }, () => session.run([input("mel")], ["embeds"]));
  const outcome = Promise.allSettled(runs);
  process.kill(inference.pid!, "SIGKILL");
  const rejected = (await outcome).filter(({ status }) => status === "rejected");
  expect(rejected.length).toBeGreaterThan(0);
  for (const { reason } of rejected as PromiseRejectedResult[]) {
    expect(reason).toMatchObject({
      code: "child.crashed",
      message: expect.stringMatching(/inference process ended with signal SIGKILL.*started again/),
    });
  }
  const { outputs } = await session.run([input("mel")], ["embeds"]);
  expectClose(outputs[0]!, golden.mel.embeds);
});

test("an abort rejects the run at once, and the session goes on", async () => {
  const session = await openTiny();
  const controller = new AbortController();
  const run = session.run([input("mel")], ["embeds"], controller.signal);
  controller.abort();
  await expect(run).rejects.toThrow(/abort/);
  expectClose((await session.run([input("mel")], ["embeds"])).outputs[0]!, golden.mel.embeds);
});

test("a session that two users share stays until both let go", async () => {
  const [first, second] = [await openTiny("shared"), await openTiny("shared")];
  await first.release();
  await first.release();
  expectClose((await second.run([input("mel")], ["embeds"])).outputs[0]!, golden.mel.embeds);
  await second.release();
});

test("a graph that cannot be opened is not remembered as open", async () => {
  const open = () => inference.open("none", join(TINY, "none.onnx"), { provider: "cpu" });
  await expect(open()).rejects.toThrow(/none\.onnx/);
  await expect(open()).rejects.toThrow(/none\.onnx/);
});

test("a profiled session tells which nodes ran where", async () => {
  const options = { provider: "cpu", profile: true } as const;
  const session = await inference.open("profiled", join(TINY, "audio.onnx"), options);
  await session.run([input("mel")], ["embeds"]);
  const placement = await session.placement();
  expect(Object.keys(placement)).toEqual(["CPUExecutionProvider"]);
  expect(placement.CPUExecutionProvider?.nodes).toBeGreaterThan(3);
});

async function ended(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { interval: 20 }).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("after idle time the process ends, and the next run starts it and opens its graph again", async () => {
  await using shortly = new InferenceProcess(undefined, 50);
  const file = join(TINY, "audio.onnx");
  const session = await shortly.open("tiny", file, { provider: "cpu" });
  await session.run([input("mel")], ["embeds"]);
  const first = shortly.pid!;
  await ended(first);
  expectClose((await session.run([input("mel")], ["embeds"])).outputs[0]!, golden.mel.embeds);
  expect(shortly.pid).not.toBe(first);
});

test("unloading gives the process's memory back, says how much, and waits for nobody who works", async () => {
  await using own = new InferenceProcess();
  const session = await own.open("tiny", join(TINY, "audio.onnx"), { provider: "cpu" });
  const pid = own.pid!;
  const running = session.run([input("mel")], ["embeds"]);
  await expect(own.unload()).rejects.toMatchObject({ code: "model.busy" });
  await running;
  const { freedBytes } = await own.unload();
  if (process.platform === "linux") expect(freedBytes).toBeGreaterThan(2 ** 20);
  await ended(pid);
  expect(await own.unload()).toEqual({ freedBytes: 0 });
  expectClose((await session.run([input("mel")], ["embeds"])).outputs[0]!, golden.mel.embeds);
});

test("the process ends with its last session's owner, not before", async () => {
  await using own = new InferenceProcess();
  const open = () => own.open("tiny", join(TINY, "audio.onnx"), { provider: "cpu" });
  const [first, second] = [await open(), await open()];
  await first.release();
  await own.endIfUnused();
  expect(own.pid).toBeDefined();
  const pid = own.pid!;
  await second.release();
  await own.endIfUnused();
  await ended(pid);
});
