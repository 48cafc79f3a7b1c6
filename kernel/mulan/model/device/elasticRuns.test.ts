import { expect, test } from "vitest";
import { OUT_OF_MEMORY } from "../../../../test/support/fakeDevices.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { ElasticRuns, elasticAudio, isOutOfMemory } from "./elasticRuns.ts";
import { probeBatch } from "./probeBatch.ts";

/** Doubles numbers, at most `maxRows` of them at a time. */
function device(maxRows: number) {
  const tried: number[] = [];
  const runs = new ElasticRuns<number>(async (items) => {
    tried.push(items.length);
    if (items.length > maxRows) throw new Error(OUT_OF_MEMORY);
    return { rows: Float32Array.from(items, (item) => 2 * item), runMs: 1 };
  }, "audio.onnx on cuda");
  return { runs, tried };
}

test("when memory runs out the batch is halved until it fits, and stays so", async () => {
  const { runs, tried } = device(3);
  const { rows, runMs } = await runs.run([1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...rows]).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  expect({ tried, runMs }).toEqual({ tried: [8, 4, 2, 2, 2, 2], runMs: 4 });
  await runs.run([1, 2, 3, 4]);
  expect(tried.slice(6)).toEqual([2, 2]);
});

test("a single row that is too much is a clear error with what to do", async () => {
  await expect(device(0).runs.run([1, 2, 3])).rejects.toMatchObject({
    code: "device.memory",
    message: expect.stringMatching(/audio\.onnx on cuda.*too small for this model.*fp16.*"cpu"/s),
  });
});

test("other failures go through as they are", async () => {
  const runs = new ElasticRuns<number>(async () => {
    throw new Error("the shapes do not fit");
  }, "x");
  await expect(runs.run([1, 2])).rejects.toThrow("the shapes do not fit");
});

test.each([
  "CUDA failure 2: out of memory ; GPU=0",
  "CUDNN_STATUS_ALLOC_FAILED",
  "DML error 8007000E Not enough memory resources",
  "VK_ERROR_OUT_OF_DEVICE_MEMORY",
  "std::bad_alloc",
])("%s is known to be about memory", (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
});

/** An audio tower whose runs last as long as a function of the batch says. */
function tower(runMs: (rows: number) => number, maxRows = 100) {
  const sizes: number[] = [];
  const audio = elasticAudio(
    {
      features: (window) => ({
        data: window,
        axes: { channel: 1, frame: 0, mel: 0, sample: window.length },
      }),
      async embed(windows) {
        if (windows.length > maxRows) throw new Error(OUT_OF_MEMORY);
        sizes.push(windows.length);
        return { rows: new Float32Array(windows.length), runMs: runMs(windows.length) };
      },
    },
    "x",
  );
  return { audio, sizes };
}

function manifest(lengthSamples: number): Manifest {
  const audio = { windows: { lengthSamples }, frontEnd: { sampleRateHz: 8000 } };
  return { audio } as unknown as Manifest;
}

test("the batch grows while windows become cheaper by it", async () => {
  const saturatesAtFour = (rows: number) => 10 * Math.max(1, rows / 4);
  const { size, windowsPerSec } = await probeBatch(tower(saturatesAtFour).audio, manifest(100));
  expect(size).toBe(4);
  expect(windowsPerSec).toEqual({ "1": 100, "2": 200, "4": 400, "8": 400 });
});

test("the batch stays where the device's memory ends", async () => {
  const { audio } = tower(() => 1, 8);
  expect((await probeBatch(audio, manifest(100))).size).toBe(8);
  expect(audio.maxRows).toBe(8);
});

test("what goes in at a time is bounded, however much faster more would be", async () => {
  const { audio, sizes } = tower(() => 1);
  expect((await probeBatch(audio, manifest(6_000_000))).size).toBe(2);
  expect(Math.max(...sizes)).toBe(2);
});
