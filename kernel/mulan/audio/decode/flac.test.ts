import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { crc8, crc16 } from "../flac/checksums.ts";
import { MemoryBytes } from "./fileBytes.ts";
import { openFlac } from "./flac.ts";
import { readFlacFormat } from "./flacFormat.ts";
import { type FlacFrame, findFlacFrame } from "./flacFrames.ts";

const fixture = new URL("../../../../test/fixtures/audio/stereo.flac", import.meta.url);

async function decode(bytes: Uint8Array): Promise<number[][]> {
  const stream = openFlac(new MemoryBytes(bytes));
  const channels: number[][] = Array.from({ length: stream.info.nChannels }, () => []);
  for await (const piece of stream.decode(0))
    for (const [i, channel] of piece.entries()) for (const x of channel) channels[i]!.push(x);
  return channels;
}

/** The file with each of its frames changed by `edit`, which gets the frame without its checksums' bytes. */
function withFrames(
  file: Uint8Array,
  edit: (frame: Uint8Array, headerBytes: number) => void,
): Uint8Array {
  const bytes = new Uint8Array(file);
  const source = new MemoryBytes(file);
  const format = readFlacFormat(file.subarray(8, 42));
  const frames: FlacFrame[] = [];
  for (let at = 42; ; at = frames.at(-1)!.offset + 7) {
    const position = frames.at(-1)?.header;
    const next = position ? position.firstFrame + position.blockFrames : 0;
    const found = findFlacFrame(
      source,
      at,
      file.byteLength,
      format,
      ({ firstFrame }) => firstFrame === next,
    );
    if (!found) break;
    frames.push(found);
  }
  for (const [i, { offset }] of frames.entries()) {
    const frame = bytes.subarray(offset, frames[i + 1]?.offset ?? bytes.byteLength);
    let headerBytes = 5;
    while (crc8(frame.subarray(0, headerBytes)) !== frame[headerBytes]) headerBytes++;
    edit(frame, headerBytes);
  }
  return bytes;
}

function withChecksums(frame: Uint8Array, headerBytes: number): void {
  frame[headerBytes] = crc8(frame.subarray(0, headerBytes));
  const end = frame.byteLength - 2;
  new DataView(frame.buffer, frame.byteOffset).setUint16(end, crc16(frame.subarray(0, end)));
}

test("frames that leave their rate and depth to STREAMINFO decode to the same samples", async () => {
  const file = new Uint8Array(readFileSync(fixture));
  let changed = 0;
  const patched = withFrames(file, (frame, headerBytes) => {
    frame[2] = frame[2]! & 0xf0;
    frame[3] = frame[3]! & 0xf1;
    withChecksums(frame, headerBytes);
    changed++;
  });
  expect(changed).toBeGreaterThan(2);
  expect(await decode(patched)).toEqual(await decode(file));
});

test("a file of which no frame decodes is an error, never silence", async () => {
  const file = new Uint8Array(readFileSync(fixture));
  const broken = withFrames(file, (frame, headerBytes) => {
    for (let i = headerBytes + 1; i < frame.byteLength; i++) frame[i] = 0x7f;
  });
  await expect(decode(broken)).rejects.toThrow(/no FLAC frame decodes/);
});
