import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { float32Of, readGoldens } from "../../../../test/support/safetensors.ts";
import { readAudio } from "../readAudio.ts";
import { ffmpegPath, setFfmpegPath } from "./ffmpegPath.ts";

const fixture = fileURLToPath(new URL("../../../../test/fixtures/audio/aac.m4a", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mulan-ffmpeg-"));
const named = process.env.MULAN_FFMPEG;

beforeEach(() => {
  delete process.env.MULAN_FFMPEG;
});
afterEach(() => setFfmpegPath(undefined));
afterAll(() => {
  if (named !== undefined) process.env.MULAN_FFMPEG = named;
  rmSync(folder, { recursive: true, force: true });
});

/** A program that stands in for ffmpeg: tells of 2 channels at 8 kHz and gives `nFrames` of a ramp. */
function fakeFfmpeg(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${body}`);
  chmodSync(path, 0o755);
  return path;
}

const PROBE = `
const args = process.argv.slice(2);
if (args.includes("ffmetadata")) {
  process.stderr.write("  Duration: 00:00:00.50, start: 0.0\\n  Stream #0:0[0x1](und): Audio: aac (LC), 8000 Hz, stereo, fltp\\n");
  process.stdout.write(";FFMETADATA1\\ntitle=A \\\\= B\\nartist=C\\n");
  process.exit(0);
}
`;

describe.skipIf(process.platform === "win32")("with a stand-in for ffmpeg", () => {
  test("it is asked for floats of all channels at the file's rate, and the mean is ours", async () => {
    setFfmpegPath(
      fakeFfmpeg(
        "ramp",
        `${PROBE}
        if (!args.includes("pcm_f32le") || args[args.indexOf("-ac") + 1] !== "2" || args[args.indexOf("-ar") + 1] !== "8000") process.exit(3);
        const [, from, to] = /^atrim=start_sample=(\\d+)(?::end_sample=(\\d+))?$/.exec(args[args.indexOf("-af") + 1]);
        const frames = Number(to ?? 4000) - Number(from);
        const samples = Float32Array.from({ length: 2 * frames }, (_, i) => (i % 2 === 0 ? 0.5 : Number(from) / 8000));
        process.stdout.write(Buffer.from(samples.buffer));`,
      ),
    );
    const [clip] = await readAudio(fixture, { startSec: 0.25 });
    expect(clip).toMatchObject({
      sampleRateHz: 8000,
      nChannels: 2,
      startSec: 0.25,
      durationSec: 0.25,
    });
    expect(clip!.tags).toEqual({ title: "A = B", artist: "C" });
    expect(await clip!.samples()).toEqual(new Float32Array(2000).fill(0.375));
    expect((await clip!.channels()).map((channel) => channel[0])).toEqual([0.5, 0.25]);
    expect((await clip!.resampled(16_000)).length).toBe(4000);
  });

  test("its refusal names the file and its last words", async () => {
    setFfmpegPath(fakeFfmpeg("refuses", `console.error("moov atom not found"); process.exit(1);`));
    const { failures } = await readAudio(fixture);
    expect(failures[0]!.error.message).toMatch(
      /aac\.m4a: ffmpeg could not read it: moov atom not found/,
    );
  });

  test("it is ended when the signal says so", async () => {
    setFfmpegPath(fakeFfmpeg("sleeps", `${PROBE} setTimeout(() => {}, 60000);`));
    const [clip] = await readAudio(fixture);
    const started = performance.now();
    await expect(clip!.samples({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/i);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test("gone between listing and reading, it is asked for by name", async () => {
    setFfmpegPath(fakeFfmpeg("vanishes", PROBE));
    const [clip] = await readAudio(fixture);
    setFfmpegPath(join(folder, "nowhere"));
    await expect(clip!.samples()).rejects.toThrow(
      /aac\.m4a: ffmpeg, which opened this file, is gone/,
    );
  });
});

test("without ffmpeg the error names the file, the format and the remedy", async () => {
  setFfmpegPath(join(folder, "nowhere"));
  const { failures } = await readAudio(fixture);
  expect(failures[0]!.error.message).toMatch(
    /aac\.m4a: this is M4A audio \(expected WAV, MP3, FLAC, Ogg Vorbis or Opus\)\. Install ffmpeg/,
  );
});

test.skipIf(ffmpegPath() === undefined)("a real ffmpeg opens AAC with its tags", async () => {
  const goldens = readGoldens(
    fileURLToPath(new URL("../../../../test/goldens/audio/decoded.safetensors", import.meta.url)),
  );
  const [clip] = await readAudio(fixture);
  expect(clip!.tags.title).toBe("Nachtstück №1");
  const [left] = await clip!.channels();
  const golden = float32Of(goldens.tensors.get("aac.m4a/start")!).subarray(0, 500);
  expect(Math.max(...golden.map((sample, i) => Math.abs(sample - left![i]!)))).toBeLessThan(1e-4);
  const [part] = await clip!.excerpt({ startSec: 0.3, durationSec: 0.2 }).channels();
  expect(part).toEqual(left!.slice(13_230, 22_050));
});
