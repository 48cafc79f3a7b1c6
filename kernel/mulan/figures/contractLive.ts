// What a renderer may ask of an engine, and what it gets. kernel/session/live answers; bulk numbers are base64.
import type {
  ClipId,
  Items,
  SpectrogramData,
  TripletRow,
  WaveformData,
  ZeroShotFigure,
} from "./contract.ts";
import type { LossFigure, LossForm, LossId } from "./contractLoss.ts";
import type { ReportId } from "./contractReport.ts";

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

/** The windows that a model cuts from a clip, in order. */
export interface ClipWindows {
  readonly model: string;
  /** From the clip's start. */
  readonly startSec: readonly number[];
  /** The clip's own sound in each; what is missing up to `windowSec` is padding. */
  readonly durationSec: readonly number[];
  readonly windowSec: number;
  /** The model's rate, to which the sound is resampled. */
  readonly sampleRateHz: number;
  /** Of WindowPolicy: what fills a window that is too short. */
  readonly padding: "zeros" | "repeat" | "repeatpad" | "wrap";
}

/** A part of a clip in more detail than the figure has it. */
export interface ClipDetail {
  /** Whose mel parameters these are; null for the figure's usual ones (no model, or one that hears the waveform itself). */
  readonly model: string | null;
  /** From the clip's start. The first frame of the spectrogram is centred on it. */
  readonly startSec: number;
  readonly durationSec: number;
  readonly waveform: WaveformData;
  /** 0 dB is the loudest cell of the whole clip. */
  readonly spectrogram: SpectrogramData;
}

/** A part of a clip that the engine knows from now on like any other clip. */
export interface RegionClip {
  readonly clip: ClipId;
  readonly label: string;
}

/** A part of a ranking. */
export interface RankingPage {
  /** Length of the whole list that was asked for. */
  readonly n: number;
  readonly from: number;
  readonly clips: Items;
  /** As `clips`: 1-based place among all, score, and whether it is a right one. */
  readonly places: readonly number[];
  readonly scores: readonly number[];
  readonly relevant: readonly (0 | 1)[];
}

/** Most rows of one `reportRanking` request. */
export const maxRankingRows = 100;

/** Longest piece of one `audio` request. */
export const maxPieceSec = 20;

export interface LiveRequests {
  /** Can this engine still answer for an output: has it shown all these clips, is this model loaded? */
  readonly known: {
    readonly params: {
      readonly clips: readonly ClipId[];
      readonly model: string | null;
      readonly report?: ReportId | undefined;
      readonly loss?: LossId | undefined;
    };
    readonly reply: {
      readonly clips: boolean;
      readonly model: boolean;
      /** Where one was asked for. */
      readonly report?: boolean;
      readonly loss?: boolean;
    };
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
  /** How a model hears a clip. `model: null` here and for regions: the model that was loaded last. */
  readonly windows: {
    readonly params: { readonly clip: ClipId; readonly model: string | null };
    readonly reply: ClipWindows;
  };
  /** One of those windows as the model got it: mono, resampled, padded. */
  readonly windowAudio: {
    readonly params: { readonly clip: ClipId; readonly model: string; readonly index: number };
    readonly reply: AudioPiece;
  };
  /** `model: null`: the figure's usual mel bands. */
  readonly clipDetail: {
    readonly params: {
      readonly clip: ClipId;
      readonly model: string | null;
      readonly startSec: number;
      readonly durationSec: number;
      readonly maxPeaks: number;
      readonly maxFrames: number;
    };
    readonly reply: ClipDetail;
  };
  readonly region: {
    readonly params: {
      readonly clip: ClipId;
      readonly startSec: number;
      readonly durationSec: number;
    };
    readonly reply: RegionClip;
  };
  /** Embeds a part of a clip; a cell that embeds the same part finds it in the cache. */
  readonly embedRegion: {
    readonly params: {
      readonly clip: ClipId;
      readonly startSec: number;
      readonly durationSec: number;
      readonly model: string | null;
    };
    readonly reply: RegionClip & {
      readonly model: string;
      readonly dim: number;
      readonly nWindows: number;
      /** Cosine with the whole clip. */
      readonly cosineWithClip: number;
    };
  };
  /** The cosines of one text with each window of a clip, and with the clip. */
  readonly timelineRow: {
    readonly params: { readonly text: string; readonly clip: ClipId; readonly model: string };
    /** float16 `[windows]`. */
    readonly reply: { readonly cosines: string; readonly score: number };
  };
  /** A page of a label's or a query's whole ranking, best first; the engine names its clips from now on. */
  readonly reportRanking: {
    readonly params: {
      readonly report: ReportId;
      readonly of: { readonly label: number } | { readonly query: number };
      /** "relevant": only those that carry the label or answer the query. */
      readonly only: "all" | "relevant";
      readonly from: number;
      readonly count: number;
    };
    readonly reply: RankingPage;
  };
  /** Another batch of the same pairs, up to 256 of them. */
  readonly lossBatch: {
    readonly params: {
      readonly loss: LossId;
      readonly batchSize: number;
      readonly temperature: number;
      readonly form: LossForm;
    };
    readonly reply: LossFigure;
  };
  /** More steps of a training; the figure has an id of its own, under which it goes on. */
  readonly lossTrain: {
    readonly params: { readonly loss: LossId; readonly steps: number };
    readonly reply: LossFigure;
  };
  /** The training with everything set on one point. */
  readonly lossCollapse: {
    readonly params: { readonly loss: LossId };
    readonly reply: LossFigure;
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
