import { createHash } from "node:crypto";
import { MulanError } from "../foundation/errors.ts";
import { fileSha256 } from "../foundation/fileSha256.ts";
import type { Tags } from "./decode/audioStream.ts";
import { checkSamples } from "./decode/checkSamples.ts";
import type { Probe } from "./decode/protocol.ts";
import { type ClipSource, decodeSource, type FileSource } from "./decodeSource.ts";
import { mean } from "./mean.ts";
import { resample } from "./resample.ts";

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Excerpt {
  /** Seconds from the clip's start; 0 when left out. */
  readonly startSec?: number;
  /** Seconds; to the clip's end when left out. */
  readonly durationSec?: number;
}

interface ClipInit {
  readonly source: ClipSource;
  readonly label: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  readonly tags: Tags;
  readonly warnings: string[];
}

/**
 * A piece of sound: a file or a part of one, or samples in memory. A file's samples are decoded when they are asked
 * for, anew each time: a clip itself is small.
 */
export class Clip {
  readonly kind = "clip";
  readonly #source: ClipSource;
  readonly #warnings: string[];
  /** What to call it: the file's name without its ending; distinct within a batch. */
  readonly label: string;
  /** Absolute path; undefined for samples in memory. */
  readonly path: string | undefined;
  /** From the start of the file. */
  readonly startSec: number;
  readonly durationSec: number;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  readonly tags: Tags;

  private constructor(init: ClipInit) {
    this.#source = init.source;
    this.#warnings = init.warnings;
    this.label = init.label;
    this.path = init.source.kind === "file" ? init.source.path : undefined;
    this.startSec = init.startSec;
    this.durationSec = init.durationSec;
    this.sampleRateHz = init.sampleRateHz;
    this.nChannels = init.nChannels;
    this.tags = init.tags;
  }

  /**
   * A clip of samples in memory.
   * @param samples mono [frame], or one array a channel
   * @throws MulanError `audio.not-finite`, `audio.empty`, `argument.rate`, `argument.channels`
   */
  static fromSamples(
    samples: Float32Array | readonly Float32Array[],
    sampleRateHz: number,
    { label = "samples" }: { readonly label?: string } = {},
  ): Clip {
    const channels = samples instanceof Float32Array ? [samples] : [...samples];
    assertChannels(channels, label);
    if (!(sampleRateHz > 0) || !Number.isFinite(sampleRateHz)) {
      throw new MulanError("argument.rate", "the sample rate must be a positive number of hertz", {
        subject: label,
        got: `${sampleRateHz}`,
      });
    }
    checkSamples(channels, sampleRateHz, { peak: 0, position: 0 });
    return new Clip({
      source: { kind: "samples", channels, sampleRateHz },
      label,
      startSec: 0,
      durationSec: channels[0]!.length / sampleRateHz,
      sampleRateHz,
      nChannels: channels.length,
      tags: {},
      warnings: [],
    });
  }

  /** A clip of a probed file; `readAudio` makes them. */
  static fromProbe(path: string, probe: Probe, label: string, excerpt: Excerpt = {}): Clip {
    const fileSec = (probe.nFrames ?? Number.POSITIVE_INFINITY) / probe.sampleRateHz;
    return new Clip({
      source: { kind: "file", path, reader: probe.format === "ffmpeg" ? "ffmpeg" : "own" },
      label,
      ...inside(path, 0, fileSec, excerpt),
      sampleRateHz: probe.sampleRateHz,
      nChannels: probe.nChannels,
      tags: probe.tags,
      warnings: [...probe.warnings],
    });
  }

  /** What was found damaged in the file, in words; grows when it is decoded. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /**
   * Mono PCM [frame] at the clip's own rate: the plain mean of its channels.
   * @throws MulanError `audio.*` naming the file; AbortError
   */
  async samples(options: ReadOptions = {}): Promise<Float32Array> {
    if (this.#source.kind === "samples") return mean(this.#cutChannels(this.#source.channels));
    const [mono] = await this.#decode(this.#source, "mono", undefined, options);
    return mono!;
  }

  /** Each channel's PCM [frame] at the clip's own rate, in WAV's order of speakers. */
  async channels(options: ReadOptions = {}): Promise<Float32Array[]> {
    if (this.#source.kind === "samples") {
      return this.#cutChannels(this.#source.channels).map((channel) => channel.slice());
    }
    return this.#decode(this.#source, "channels", undefined, options);
  }

  /** Mono PCM [ceil(frames · sampleRateHz / own rate)] at another rate. */
  async resampled(sampleRateHz: number, options: ReadOptions = {}): Promise<Float32Array> {
    if (this.#source.kind === "samples") {
      return resample(await this.samples(), this.sampleRateHz, sampleRateHz);
    }
    const [mono] = await this.#decode(this.#source, "mono", sampleRateHz, options);
    return mono!;
  }

  /** sha256 (hex) of the file's bytes, remembered by path, size and mtime; of the samples for those in memory. */
  async contentHash(): Promise<string> {
    if (this.#source.kind === "file") return fileSha256(this.#source.path);
    const hash = createHash("sha256").update(`pcm ${this.sampleRateHz} ${this.nChannels}\n`);
    for (const { buffer, byteOffset, byteLength } of this.#source.channels) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
    return hash.digest("hex");
  }

  /**
   * A part of this clip, its times relative to the clip.
   * @throws MulanError `audio.range` when it begins outside
   */
  excerpt(excerpt: Excerpt): Clip {
    return new Clip({
      source: this.#source,
      label: this.label,
      ...inside(this.path ?? this.label, this.startSec, this.durationSec, excerpt),
      sampleRateHz: this.sampleRateHz,
      nChannels: this.nChannels,
      tags: this.tags,
      warnings: [...this.#warnings],
    });
  }

  /** The same sound under another name. */
  labelled(label: string): Clip {
    return new Clip({
      source: this.#source,
      label,
      startSec: this.startSec,
      durationSec: this.durationSec,
      sampleRateHz: this.sampleRateHz,
      nChannels: this.nChannels,
      tags: this.tags,
      warnings: this.#warnings,
    });
  }

  async #decode(
    source: FileSource,
    shape: "mono" | "channels",
    toRateHz: number | undefined,
    options: ReadOptions,
  ): Promise<Float32Array[]> {
    const { channels, warnings } = await decodeSource(source, {
      startSec: this.startSec,
      durationSec: Number.isFinite(this.durationSec) ? this.durationSec : undefined,
      sampleRateHz: this.sampleRateHz,
      nChannels: this.nChannels,
      shape,
      toRateHz,
      signal: options.signal,
    });
    for (const warning of warnings) {
      if (!this.#warnings.includes(warning)) this.#warnings.push(warning);
    }
    return channels;
  }

  #cutChannels(channels: readonly Float32Array[]): Float32Array[] {
    const from = Math.round(this.startSec * this.sampleRateHz);
    const to = from + Math.round(this.durationSec * this.sampleRateHz);
    return channels.map((channel) => channel.subarray(from, to));
  }
}

function inside(
  subject: string,
  baseSec: number,
  lengthSec: number,
  { startSec = 0, durationSec = Number.POSITIVE_INFINITY }: Excerpt,
): { startSec: number; durationSec: number } {
  if (!(startSec >= 0) || !(durationSec > 0)) {
    throw new MulanError(
      "audio.range",
      "an excerpt needs startSec of 0 or more and a positive durationSec",
      {
        subject,
        got: `startSec ${startSec}, durationSec ${durationSec}`,
      },
    );
  }
  if (startSec >= lengthSec) {
    throw new MulanError("audio.range", "the excerpt begins after the sound's end", {
      subject,
      expected: `startSec below ${lengthSec.toFixed(2)}`,
      got: `${startSec}`,
    });
  }
  return {
    startSec: baseSec + startSec,
    durationSec: Math.min(durationSec, lengthSec - startSec),
  };
}

function assertChannels(
  channels: readonly unknown[],
  label: string,
): asserts channels is Float32Array[] {
  const [first] = channels;
  const fits = channels.every(
    (channel) =>
      channel instanceof Float32Array &&
      first instanceof Float32Array &&
      channel.length === first.length,
  );
  if (channels.length === 0 || !fits) {
    throw new MulanError(
      "argument.channels",
      "samples must be a Float32Array, or an array of equally long ones",
      {
        subject: label,
      },
    );
  }
  if ((first as Float32Array).length === 0) {
    throw new MulanError("audio.empty", "there are no samples", { subject: label });
  }
}
