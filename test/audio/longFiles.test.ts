import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { MemoryBytes } from "../../kernel/mulan/audio/decode/fileBytes.ts";
import { walkMp3Frames } from "../../kernel/mulan/audio/decode/mp3Frames.ts";
import { readMp3Layout } from "../../kernel/mulan/audio/decode/mp3Info.ts";
import { requestDecode } from "../../kernel/mulan/audio/decode/requestDecode.ts";
import { wavBytes } from "../support/wavBytes.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-long-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/audio/${name}`, import.meta.url)));

/** The fixture's frames again and again, without a header frame, for about an hour. */
function hourOfMp3(name: string): Buffer {
  const bytes = new MemoryBytes(fixture(name));
  const { first, audioEnd } = readMp3Layout(bytes)!;
  const start = first.offset + first.header.frameBytes;
  const frames = [...walkMp3Frames(bytes, start, audioEnd, first.header, () => {})];
  const { offset, header } = frames.at(-1)!;
  const sound = fixture(name).subarray(start, offset + header.frameBytes);
  const seconds = (frames.length * header.frameSamples) / header.sampleRateHz;
  return Buffer.concat(Array.from({ length: Math.ceil(3600 / seconds) }, () => sound));
}

const shares = { startSec: 2000, durationSec: 30, shape: "mono" } as const;

describe("30 s of an hour", () => {
  test("of a WAV are read alone", async () => {
    const path = join(folder, "hour.wav");
    const bytes = 3600 * 44_100 * 2;
    writeFileSync(
      path,
      wavBytes(new Uint8Array(0), { sampleRateHz: 44_100, declaredBytes: bytes }),
    );
    truncateSync(path, 44 + bytes);
    const { nFrames, bytesRead } = await requestDecode({ path, ...shares });
    expect(nFrames).toBe(30 * 44_100);
    expect(bytesRead).toBeLessThan(30 * 44_100 * 2 + 200_000);
  });

  test("of a constant-rate MP3 are read alone, and are where they belong", async () => {
    const path = join(folder, "cbr.mp3");
    const bytes = hourOfMp3("cbr.mp3");
    writeFileSync(path, bytes);
    const part = await requestDecode({ path, ...shares });
    expect(part.bytesRead).toBeLessThan((bytes.length * 30) / 3600 + 1_000_000);
    expect(part.bytesRead).toBeLessThan(bytes.length / 8);
    await expectPartOfWhole(path, part.channels[0]!, 22_050);
  }, 120_000);

  // Its table of places is seconds off, so the headers of the frames before are read; none of them is decoded.
  test("of a variable-rate MP3 are where they belong", async () => {
    const path = join(folder, "vbr.mp3");
    writeFileSync(path, hourOfMp3("vbr.mp3"));
    const part = await requestDecode({ path, ...shares });
    await expectPartOfWhole(path, part.channels[0]!, 32_000);
  }, 120_000);
});

async function expectPartOfWhole(path: string, part: Float32Array, rateHz: number): Promise<void> {
  const whole = await requestDecode({ path, startSec: 0, durationSec: 2031, shape: "mono" });
  const expected = whole.channels[0]!.subarray(2000 * rateHz, 2030 * rateHz);
  expect(part.length).toBe(expected.length);
  let worst = 0;
  part.forEach((sample, i) => {
    worst = Math.max(worst, Math.abs(sample - expected[i]!));
  });
  expect(worst).toBeLessThan(1e-6);
}
