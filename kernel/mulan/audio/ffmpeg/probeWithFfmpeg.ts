import { StringDecoder } from "node:string_decoder";
import { MulanError } from "../../foundation/errors.ts";
import type { Tags } from "../decode/audioStream.ts";
import type { Probe } from "../decode/protocol.ts";
import { tidy } from "../decode/textBytes.ts";
import { aboutFile } from "../decodeSource.ts";
import type { ProbeOutcome } from "../probeFiles.ts";
import { ffmpegPath } from "./ffmpegPath.ts";
import { runFfmpeg } from "./runFfmpeg.ts";

const TAG_NAMES: ReadonlyMap<string, keyof Tags> = new Map([
  ["title", "title"],
  ["artist", "artist"],
  ["album", "album"],
  ["genre", "genre"],
  ["date", "year"],
  ["track", "track"],
]);

/** What the user's ffmpeg says of a file that this library cannot read itself (`refusal` says why). */
export async function probeWithFfmpeg(
  path: string,
  refusal: MulanError,
  signal: AbortSignal | undefined,
): Promise<ProbeOutcome> {
  const program = ffmpegPath();
  if (!program) return { error: withRemedy(refusal, path) };
  let metadata = "";
  const utf8 = new StringDecoder("utf8");
  try {
    // Copies nothing (-t 0) and writes the tags; the streams are told on stderr.
    const stderr = await runFfmpeg({
      program,
      args: ["-i", path, "-map", "0:a:0", "-c", "copy", "-t", "0", "-f", "ffmetadata", "pipe:1"],
      onOutput: (bytes) => {
        if (metadata.length < 1e6) metadata += utf8.write(bytes);
      },
      signal,
    });
    const probe = readProbe(stderr, metadata);
    if (probe.nFrames !== undefined) return { probe };
    return { probe: { ...probe, nFrames: await countFrames(program, path, probe, signal) } };
  } catch (error) {
    signal?.throwIfAborted();
    return { error: aboutFile(error, path) };
  }
}

/** A raw stream tells no length: it is decoded once to be measured. */
async function countFrames(
  program: string,
  path: string,
  { nChannels, sampleRateHz }: Probe,
  signal: AbortSignal | undefined,
): Promise<number> {
  let size = 0;
  await runFfmpeg({
    program,
    args: [
      ...["-v", "error", "-i", path, "-map", "0:a:0", "-f", "s8", "-c:a", "pcm_s8"],
      ...["-ac", String(nChannels), "-ar", String(sampleRateHz), "pipe:1"],
    ],
    onOutput: (bytes) => {
      size += bytes.byteLength;
    },
    signal,
  });
  return Math.floor(size / nChannels);
}

function withRemedy(refusal: MulanError, path: string): MulanError {
  const told = aboutFile(refusal, path);
  return new MulanError(told.code, refusal.parts.got ?? plain(refusal), {
    subject: path,
    ...(refusal.parts.expected && { expected: refusal.parts.expected }),
    remedy:
      "Install ffmpeg so that it is on PATH, or name it in MULAN_FFMPEG or with setFfmpegPath(); or convert the file",
  });
}

function plain(refusal: MulanError): string {
  const { subject, expected } = refusal.parts;
  let text = refusal.message.replace(/\.$/, "");
  if (subject && text.startsWith(`${subject}: `)) text = text.slice(subject.length + 2);
  return expected ? text.slice(0, text.lastIndexOf(" (expected")) : text;
}

function readProbe(stderr: string, metadata: string): Probe {
  const audio = /Stream #0:\d+.*?: Audio: .*?, (\d+) Hz, ([^,\n]+)/.exec(stderr);
  if (!audio) throw new MulanError("audio.unsupported", "ffmpeg finds no sound in it");
  const sampleRateHz = Number(audio[1]);
  const time = /Duration: (\d+):(\d+):([\d.]+)/.exec(stderr);
  const seconds = time
    ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3])
    : undefined;
  const base = {
    format: "ffmpeg" as const,
    sampleRateHz,
    nChannels: channelCount(audio[2]!.trim()),
    tags: readTags(metadata),
    warnings: [],
  };
  return seconds ? { ...base, nFrames: Math.round(seconds * sampleRateHz) } : base;
}

/** ffmpeg names layouts: "mono", "stereo", "5.1(side)", "3 channels". */
function channelCount(layout: string): number {
  const named: Readonly<Record<string, number>> = {
    mono: 1,
    stereo: 2,
    quad: 4,
    hexagonal: 6,
    octagonal: 8,
  };
  const name = layout.replace(/\(.*$/, "");
  if (named[name]) return named[name];
  const counted = /^(\d+) channels/.exec(layout);
  if (counted) return Number(counted[1]);
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?$/.exec(name);
  return parts ? Number(parts[1]) + Number(parts[2]) + Number(parts[3] ?? 0) : 2;
}

function readTags(metadata: string): Tags {
  const tags: Partial<Record<keyof Tags, string>> = {};
  for (const line of metadata.split(/(?<!\\)\n/)) {
    const equals = line.indexOf("=");
    const name = TAG_NAMES.get(line.slice(0, equals).toLowerCase());
    if (!name || tags[name] !== undefined) continue;
    const text = tidy(line.slice(equals + 1).replace(/\\([=;#\\\n])/g, "$1"));
    if (text !== "") tags[name] = text;
  }
  return tags;
}
