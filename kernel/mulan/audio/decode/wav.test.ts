import { describe, expect, test } from "vitest";
import { wavBytes } from "../../../../test/support/wavBytes.ts";
import { MemoryBytes } from "./fileBytes.ts";
import { openAudio } from "./openAudio.ts";

async function decode(bytes: Uint8Array): Promise<number[][]> {
  const stream = openAudio(new MemoryBytes(bytes));
  const channels: number[][] = Array.from({ length: stream.info.nChannels }, () => []);
  for await (const piece of stream.decode(0))
    for (const [i, channel] of piece.entries()) channels[i]!.push(...channel);
  return channels;
}

const bytesOf = (array: ArrayBufferView) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

describe("an n-bit integer x is x / 2^(n−1), exactly", () => {
  test("8 bits, offset by 128", async () => {
    const bytes = wavBytes(new Uint8Array([0, 1, 128, 129, 255]), { bitsPerSample: 8 });
    expect(await decode(bytes)).toEqual([[-1, -127 / 128, 0, 1 / 128, 127 / 128]]);
  });

  test("16 bits", async () => {
    const bytes = wavBytes(bytesOf(new Int16Array([-32768, -1, 0, 1, 32767])));
    expect(await decode(bytes)).toEqual([[-1, -1 / 32768, 0, 1 / 32768, 32767 / 32768]]);
  });

  test("24 bits", async () => {
    const data = new Uint8Array([0, 0, 0x80, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0, 0, 0xff, 0xff, 0x7f]);
    const full = 2 ** 23;
    expect(await decode(wavBytes(data, { bitsPerSample: 24 }))).toEqual([
      [-1, -1 / full, 0, 1 / full, (full - 1) / full],
    ]);
  });

  test("32 bits", async () => {
    const bytes = wavBytes(bytesOf(new Int32Array([-(2 ** 31), 2 ** 30, 1])), {
      bitsPerSample: 32,
    });
    expect(await decode(bytes)).toEqual([[-1, 0.5, 2 ** -31]]);
  });
});

test("24 bits in containers of 4 bytes are their upper three", async () => {
  const data = bytesOf(Int32Array.from([-(2 ** 31), 2 ** 30, 2 ** 8, -(2 ** 8)]));
  const padded = wavBytes(data, { bitsPerSample: 24, nChannels: 2, blockBytes: 8 });
  expect(await decode(padded)).toEqual([
    [-1, 2 ** -23],
    [0.5, -(2 ** -23)],
  ]);
});

test("an empty data chunk before tags holds no samples", () => {
  const tags = Buffer.from("LIST\x12\0\0\0INFOINAM\x06\0\0\0Title\0", "latin1");
  const { info } = openAudio(new MemoryBytes(wavBytes(tags, { declaredBytes: 0 })));
  expect(info).toMatchObject({ nFrames: 0, tags: { title: "Title" } });
});

test("a data chunk of size 0, as a stream has it, goes to the end", async () => {
  const bytes = wavBytes(bytesOf(new Int16Array([16384, -16384])), { declaredBytes: 0 });
  expect(await decode(bytes)).toEqual([[0.5, -0.5]]);
});

test("floats of 32 and 64 bits come as they are", async () => {
  const samples = [0.25, -1.5, 2 ** -20];
  const float = { formatTag: 3, bitsPerSample: 32 };
  const double = { formatTag: 3, bitsPerSample: 64 };
  expect(await decode(wavBytes(bytesOf(Float32Array.from(samples)), float))).toEqual([samples]);
  expect(await decode(wavBytes(bytesOf(Float64Array.from(samples)), double))).toEqual([samples]);
});

test("channels are taken apart in order", async () => {
  const bytes = wavBytes(bytesOf(new Int16Array([16384, -16384, 8192, -8192])), { nChannels: 2 });
  expect(await decode(bytes)).toEqual([
    [0.5, 0.25],
    [-0.5, -0.25],
  ]);
});

test("a header of 20,000 channels is refused", () => {
  const bytes = wavBytes(new Uint8Array(100_000), { nChannels: 20_000 });
  expect(() => openAudio(new MemoryBytes(bytes))).toThrow(/1 to 64 channels, got 20000/);
});

test("a header that promises more than the file has is told of", () => {
  const bytes = wavBytes(new Uint8Array(1000), { declaredBytes: 5000 });
  const { info, warnings } = openAudio(new MemoryBytes(bytes));
  expect(info.nFrames).toBe(500);
  expect(warnings).toEqual(["the header promises 5000 bytes of samples, the file has 1000"]);
});
