import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { float32Of, readGoldens } from "../../../../test/support/safetensors.ts";
import { FileBytes } from "./fileBytes.ts";
import { openAudio } from "./openAudio.ts";

const root = new URL("../../../../test/", import.meta.url);
const goldens = readGoldens(fileURLToPath(new URL("goldens/audio/decoded.safetensors", root)));
const frames = JSON.parse(goldens.metadata.frames!) as Record<string, number>;
const own = Object.keys(frames).filter((name) => !name.endsWith(".m4a"));
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/audio/${name}`, root));

/** Largest difference from ffmpeg's float decoders; 16-bit libraries and dithering would be 1.5e-5 or worse. */
const TOLERANCE: Readonly<Record<string, number>> = {
  mp3: 5e-6,
  flac: 1e-7,
  vorbis: 1e-6,
  opus: 4e-5,
  wav: 1e-7,
};

async function decode(name: string, start = 0, count = Number.POSITIVE_INFINITY) {
  const bytes = new FileBytes(fixture(name));
  try {
    const stream = openAudio(bytes);
    const pieces: Float32Array[][] = [];
    let got = 0;
    for await (const piece of stream.decode(start)) {
      pieces.push(piece);
      got += piece[0]!.length;
      if (got >= count) break;
    }
    const channels = Array.from({ length: stream.info.nChannels }, (_, channel) => {
      const whole = new Float32Array(got);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece[channel]!, at);
        at += piece[channel]!.length;
      }
      return whole.subarray(0, Math.min(got, count));
    });
    return { channels, info: stream.info, warnings: stream.warnings };
  } finally {
    bytes[Symbol.dispose]();
  }
}

function worstDifference(a: Float32Array, b: Float32Array): number {
  let worst = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < a.length; i++) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  return worst;
}

describe("a whole file decodes to what ffmpeg and soundfile make of it", () => {
  test.each(own)("%s", async (name) => {
    const { channels, info, warnings } = await decode(name);
    expect(warnings).toEqual([]);
    expect(channels[0]!.length).toBe(frames[name]);
    expect(info.nFrames).toBe(frames[name]);
    for (const [place, start] of [
      ["start", 0],
      ["middle", Math.floor(frames[name]! / 2)],
      ["end", frames[name]! - 500],
    ] as const) {
      const golden = goldens.tensors.get(`${name}/${place}`)!;
      const samples = float32Of(golden);
      const [nChannels, span] = golden.shape as [number, number];
      expect(channels.length).toBe(nChannels);
      for (let channel = 0; channel < nChannels; channel++) {
        const expected = samples.subarray(channel * span, (channel + 1) * span);
        const got = channels[channel]!.subarray(start, start + span);
        expect(worstDifference(got, expected)).toBeLessThanOrEqual(TOLERANCE[info.format]!);
      }
    }
  });
});

describe("an excerpt is the same samples as in the whole file", () => {
  test.each(own)("%s", async (name) => {
    const { channels, info } = await decode(name);
    const total = channels[0]!.length;
    // Codecs that predict from the past (Opus) or sum in another order (MP3) agree to the noise of their state.
    const tolerance = { opus: 2e-4, mp3: 1e-6, vorbis: 1e-6, flac: 0, wav: 0 }[info.format];
    for (const start of [1, Math.floor(total / 3) + 17, Math.floor(total * 0.8), total - 100]) {
      const excerpt = await decode(name, start, 2000);
      for (let channel = 0; channel < channels.length; channel++) {
        const expected = channels[channel]!.subarray(start, start + 2000);
        expect(worstDifference(excerpt.channels[channel]!, expected)).toBeLessThanOrEqual(
          tolerance,
        );
      }
    }
  });
});

test("tags are read from ID3 and from Vorbis comments", async () => {
  for (const name of ["tagged.mp3", "stereo.flac", "stereo.ogg", "stereo.opus"]) {
    const { info } = await decode(name, 0, 1);
    expect(info.tags).toMatchObject({
      title: "Nachtstück №1",
      artist: "夜の海",
      album: "Fixtures",
    });
  }
});
