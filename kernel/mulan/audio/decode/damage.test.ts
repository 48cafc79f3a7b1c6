import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MemoryBytes } from "./fileBytes.ts";
import { OggMuxer } from "./oggMux.ts";
import { openAudio } from "./openAudio.ts";

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../test/fixtures/audio/${name}`, import.meta.url));

async function warningsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const stream = openAudio(new MemoryBytes(bytes));
  for await (const _ of stream.decode(0));
  return stream.warnings;
}

test.each(["stereo.ogg", "stereo.opus", "flac.oga"])("half of %s is told of", async (name) => {
  const whole = fixture(name);
  const { warnings } = openAudio(new MemoryBytes(whole.subarray(0, whole.byteLength / 2)));
  expect(warnings).toContainEqual(expect.stringMatching(/last page is missing/));
});

test("half of an MP3 is told of by the frames that its header counts", () => {
  const whole = fixture("vbr.mp3");
  const { warnings } = openAudio(new MemoryBytes(whole.subarray(0, whole.byteLength / 2)));
  expect(warnings[0]).toMatch(/the header counts \d+ frames, the file holds about \d+/);
});

describe("files joined end to end are told of", () => {
  test.each([
    ["vbr.mp3", /more sound follows the [\d.]+ s/],
    ["stereo.ogg", /holds further streams, which are left out/],
    ["stereo.opus", /holds further streams, which are left out/],
  ])("%s", async (name, message) => {
    const whole = fixture(name);
    expect(await warningsOf(whole)).toEqual([]);
    const twice = await warningsOf(Buffer.concat([whole, whole]));
    expect(twice).toContainEqual(expect.stringMatching(message));
  });
});

test("a codec in Ogg that is not known here is left to ffmpeg", () => {
  const speex = new OggMuxer().mux([Buffer.from("Speex   1.2.1".padEnd(80, "\0"))], 0);
  expect(() => openAudio(new MemoryBytes(speex))).toThrow(
    expect.objectContaining({ code: "audio.unsupported" }),
  );
});
