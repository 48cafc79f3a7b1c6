/** Formats that this library decodes itself; everything else needs the user's ffmpeg. */
export type AudioFormat = "wav" | "mp3" | "flac" | "vorbis" | "opus";

export interface Tags {
  readonly title?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly genre?: string;
  readonly year?: string;
  readonly track?: string;
}

/** What a file's header tells. */
export interface StreamInfo {
  readonly format: AudioFormat;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  /** Samples per channel; undefined where the header does not tell. */
  readonly nFrames: number | undefined;
  readonly tags: Tags;
}

/** An opened file. */
export interface AudioStream {
  readonly info: StreamInfo;
  /** What was found damaged, in words; grows while decoding. */
  readonly warnings: string[];
  /** Pieces of [channel][frame] from `startFrame` on, in order, until the stream ends. */
  decode(startFrame: number): AsyncGenerator<Float32Array[]>;
}
