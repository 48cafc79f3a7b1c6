/**
 * What the library asks of a decode process, and what comes back.
 * A decode answers with `samples` events ([channel][frame], one channel after the other) and then its reply.
 */
import type { ErrorData } from "../../foundation/errors.ts";
import type { AudioFormat, Tags } from "./audioStream.ts";

export type DecodeMessage =
  | { readonly kind: "probe"; readonly paths: readonly string[] }
  | DecodeRequest;

export interface DecodeRequest {
  readonly kind: "decode";
  readonly path: string;
  readonly startSec: number;
  /** null: to the end. */
  readonly durationSec: number | null;
  /** The plain mean of the channels, or each of them. */
  readonly shape: "mono" | "channels";
  /** null: the file's own rate. */
  readonly toRateHz: number | null;
  /** Samples, over all channels, above which decoding stops with an error. */
  readonly maxSamples: number;
}

export interface Probe {
  readonly format: AudioFormat | "ffmpeg";
  readonly sampleRateHz: number;
  readonly nChannels: number;
  /** Samples per channel; undefined when the header does not tell. */
  readonly nFrames?: number;
  readonly tags: Tags;
  readonly warnings: readonly string[];
}

export type ProbeResult = { readonly probe: Probe } | { readonly error: ErrorData };

export type DecodeEvent =
  /** The work on a request began: its time counts from here. */
  | { readonly type: "begun" }
  | {
      readonly type: "format";
      readonly sampleRateHz: number;
      readonly nChannels: number;
      /** A guess from the header; the samples decide. */
      readonly expectedFrames: number;
    }
  | { readonly type: "samples"; readonly nFrames: number };

export interface DecodeReply {
  readonly nFrames: number;
  readonly warnings: readonly string[];
  readonly bytesRead: number;
}

/** Error code of a fault inside a decoder: its process is not asked again. */
export const DECODER_FAULT = "audio.decoder-fault";
