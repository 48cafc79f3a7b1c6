import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readAudio } from "../../kernel/mulan/audio/readAudio.ts";
import { MulanError } from "../../kernel/mulan/foundation/errors.ts";
import { mutate, seeded } from "./mutate.ts";

/** Raise it with MULAN_FUZZ=20000. */
const FILES = Number(process.env.MULAN_FUZZ ?? 500);
const HANG_MS = 5000;
const AT_ONCE = 2;

const folder = mkdtempSync(join(tmpdir(), "mulan-fuzz-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../fixtures/audio/${name}`, import.meta.url)));
// Long ones cost decoding time: one in four is enough.
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  wav: ["alaw.wav", "ima.wav", "ms.wav", "rf64.wav", "extensible.wav"],
  mp3: ["tagged.mp3", "no-header.mp3", "tagged.mp3", "cbr.mp3"],
  flac: ["stereo.flac", "mono24.flac", "flac.oga"],
  vorbis: ["stereo.ogg", "stereo.ogg", "stereo.ogg", "long.ogg"],
  opus: ["stereo.opus", "stereo.opus", "stereo.opus", "long.opus"],
};

interface Outcome {
  readonly seed: number;
  readonly ms: number;
  readonly codes: readonly string[];
  readonly problem: string | undefined;
}

/** Reads one mutated file as a notebook would: every failure must be a MulanError that names it. */
async function read(path: string, seed: number): Promise<Outcome> {
  const started = performance.now();
  const codes: string[] = [];
  let problem: string | undefined;
  const [clip, ...more] = await (async () => {
    const clips = await readAudio(path);
    for (const { error } of clips.failures) codes.push(error.code);
    if (clips.length + clips.failures.length !== 1) problem = "neither read nor refused";
    return clips;
  })();
  if (more.length > 0) problem = "one file became several clips";
  if (clip) {
    try {
      const samples = await clip.resampled(16_000);
      if (!samples.every(Number.isFinite)) problem = "samples that are no numbers";
    } catch (error) {
      if (!(error instanceof MulanError)) problem = `a bare error: ${String(error)}`;
      else {
        codes.push(error.code);
        if (!error.message.includes(path)) problem = `no file named in: ${error.message}`;
      }
    }
  }
  return { seed, ms: performance.now() - started, codes, problem };
}

describe(`${FILES} mutated files of each format are read or refused`, () => {
  test.each(Object.entries(FORMATS))(
    "%s",
    async (format, names) => {
      // What our own decoders cannot read is refused here, whatever this machine has installed.
      process.env.MULAN_FFMPEG = "";
      const originals = names.map(fixture);
      const others = Object.values(FORMATS).map(([name]) => fixture(name!));
      const outcomes: Outcome[] = [];
      let next = 0;
      const readMutated = async (seed: number) => {
        const random = seeded(seed + 1_000_003 * format.charCodeAt(0));
        const bytes = mutate(
          originals[seed % originals.length]!,
          others[Math.floor(random() * others.length)]!,
          random,
        );
        const path = join(folder, `${format}-${seed}.bin`);
        writeFileSync(path, bytes);
        const outcome = await read(path, seed);
        rmSync(path);
        return outcome;
      };
      const worker = async () => {
        while (next < FILES) outcomes.push(await readMutated(next++));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      expect(outcomes.filter(({ problem }) => problem !== undefined)).toEqual([]);
      // A busy machine makes anything slow once; what hangs does so again.
      for (const { seed } of outcomes.filter(({ ms }) => ms > HANG_MS)) {
        expect((await readMutated(seed)).ms, `seed ${seed}`).toBeLessThan(HANG_MS);
      }
      expect(outcomes.length).toBe(FILES);
      if (process.env.MULAN_FUZZ_REPORT) report(format, outcomes);
    },
    600_000,
  );
});

function report(format: string, outcomes: readonly Outcome[]): void {
  const counts = new Map<string, number>();
  for (const { codes } of outcomes) {
    const key = codes.join() || "read";
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const slowest = Math.max(...outcomes.map(({ ms }) => ms));
  console.log(format, `slowest ${slowest.toFixed(0)} ms`, Object.fromEntries(counts));
  for (const { seed, codes, ms } of outcomes) {
    if (codes.some((code) => code.startsWith("child") || code === "audio.timeout"))
      console.log(seed, codes, ms);
  }
}
