// What a renderer may ask of an engine, and what it gets. kernel/session/live answers; bulk numbers are base64.
import type { ClipId, TripletRow, ZeroShotFigure } from "./contract.ts";

/** A text as it stands in a figure, or a clip that this engine has shown. */
export type LiveMember = { readonly text: string } | { readonly clip: ClipId };

/** A piece of a clip's own channels, at its own rate. */
export interface AudioPiece {
  readonly sampleRateHz: number;
  /** int16 of each channel, [frame] in WAV's order of speakers; 32767 stands for `limit`. */
  readonly channels: readonly string[];
  readonly limit: number;
  /** The piece's place in the clip; shorter than asked for at the clip's end. */
  readonly startSec: number;
  readonly durationSec: number;
}

/** Longest piece of one `audio` request. */
export const maxPieceSec = 20;

export interface LiveRequests {
  /** Can this engine still answer for an output: has it shown all these clips, is this model loaded? */
  readonly known: {
    readonly params: { readonly clips: readonly ClipId[]; readonly model: string | null };
    readonly reply: { readonly clips: boolean; readonly model: boolean };
  };
  readonly audio: {
    readonly params: {
      readonly clip: ClipId;
      readonly startSec: number;
      readonly durationSec: number;
    };
    readonly reply: AudioPiece;
  };
  /** The cosines of one text with each column. */
  readonly similarityRow: {
    readonly params: {
      readonly text: string;
      readonly columns: readonly LiveMember[];
      readonly model: string;
    };
    /** float16 `[columns]`. */
    readonly reply: { readonly cosines: string };
  };
  readonly zeroShot: {
    readonly params: {
      readonly clips: readonly ClipId[];
      readonly labels: readonly string[];
      readonly prompts: readonly string[];
      readonly model: string;
    };
    readonly reply: Pick<ZeroShotFigure, "scores" | "temperature">;
  };
  readonly triplet: {
    readonly params: {
      readonly anchor: LiveMember;
      readonly positive: LiveMember;
      readonly negative: LiveMember;
      readonly model: string;
    };
    readonly reply: Pick<TripletRow, "cosinePositive" | "cosineNegative">;
  };
  /** Replaces the notebook's selection; every renderer hears of it. */
  readonly select: {
    readonly params: { readonly clips: readonly ClipId[] };
    readonly reply: { readonly clips: readonly ClipId[] };
  };
  readonly selection: {
    readonly params: null;
    readonly reply: { readonly clips: readonly ClipId[] };
  };
}

export type LiveName = keyof LiveRequests;
