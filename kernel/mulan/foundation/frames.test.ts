import { expect, test } from "vitest";
import { asFloat32, encodeFrame, type Frame, FrameReader } from "./frames.ts";

function readInChunks(bytes: Buffer, chunkBytes: number): Frame[] {
  const frames: Frame[] = [];
  const reader = new FrameReader((frame) => frames.push(frame));
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    reader.push(bytes.subarray(at, at + chunkBytes));
  }
  return frames;
}

test.each([1, 3, 8, 13, 10_000])("frames survive chunks of %i bytes", (chunkBytes) => {
  const samples = new Float32Array([0.5, -1, 3e-9]);
  const stream = Buffer.concat([
    ...encodeFrame({ title: "夜の海" }, samples),
    ...encodeFrame("no bytes"),
    ...encodeFrame([1, 2], new Uint8Array([7])),
  ]);
  const frames = readInChunks(stream, chunkBytes);
  expect(frames.map((frame) => frame.json)).toEqual([{ title: "夜の海" }, "no bytes", [1, 2]]);
  expect(asFloat32(frames[0]!.bytes)).toEqual(samples);
  expect([...frames[2]!.bytes]).toEqual([7]);
});

test("an impossible length is an error, not an endless wait", () => {
  const reader = new FrameReader(() => {});
  expect(() => reader.push(Buffer.alloc(8, 0xff))).toThrow(RangeError);
});
