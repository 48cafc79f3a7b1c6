// What figures write and renderers read: the JSON of each family. Numbers in bulk are base64 of payload.ts.
// No Node and no DOM types here: both worlds import this file. Labels are cleaned text, yet not markup:
// escape them wherever they meet HTML, SVG or a template.
import type { LossFigure } from "./contractLoss.ts";
import type { ReportFigure } from "./contractReport.ts";

export {
  decodeBase64,
  decodeFloat16,
  decodeInt8,
  decodeUint8,
  encodeFloat16,
  encodeInt8,
  encodeUint8,
} from "./payload.ts";

/** Families that a bundle can have today; each is also the name of a figure folder and of a renderer. */
export const families = [
  "clip",
  "similarity",
  "zeroshot",
  "triplets",
  "embeddings",
  "map",
  "timeline",
  "report",
  "loss",
] as const;
export type Family = (typeof families)[number];

export function mimeOf<F extends Family>(family: F): `application/vnd.mulan.${F}.v1+json` {
  return `application/vnd.mulan.${family}.v1+json`;
}

/** What stands around every drawing. */
export interface FigureBase<F extends Family> {
  readonly family: F;
  readonly version: 1;
  /** What was asked, one line. */
  readonly title: string;
  /** What the drawing says, one line. */
  readonly reading: string;
  /** Model id, or null where no model took part or is known. */
  readonly model: string | null;
  /** Model, window policy and the like, for the footnote. */
  readonly footnote: string;
}

/** Names a clip to the engine that made the output; never a path. */
export type ClipId = string;

/** Things in order: their labels and, where they are clips that can be heard, their ids. */
export interface Items {
  readonly labels: readonly string[];
  readonly modality: "audio" | "text" | "unknown";
  /** Same length as `labels`; left out where no row is a clip. */
  readonly clips?: readonly (ClipId | null)[];
}

export interface WaveformData {
  /** int8 with limit `peakLimit`: lowest and highest sample of each of `n` equal pieces, interleaved `[n, 2]`. */
  readonly peaks: string;
  readonly n: number;
  readonly peakLimit: number;
  /** Of the whole clip, 20·log10 of full scale 1.0; null for silence. */
  readonly peakDb: number | null;
  readonly rmsDb: number | null;
}

export interface SpectrogramData {
  /** uint8 from `dbMin` to `dbMax`, `[nFrames, nMels]`, frames in time order, mels from low to high. */
  readonly values: string;
  readonly nFrames: number;
  readonly nMels: number;
  /** Time from one frame to the next; the first is centred on the clip's start. */
  readonly hopSec: number;
  readonly fMinHz: number;
  readonly fMaxHz: number;
  readonly melScale: "htk" | "slaney" | "kaldi";
  readonly dbMin: number;
  readonly dbMax: number;
}

/** A clip's sound inside its output: it plays without an engine. */
export interface StoredSound {
  /** base64 of a FLAC file: mono, 16 bit, at the clip's own rate. */
  readonly flac: string;
  /** From the clip's start; less than the clip where only its beginning is stored. */
  readonly durationSec: number;
}

export interface ClipFigure extends FigureBase<"clip"> {
  readonly clip: ClipId;
  readonly label: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Position in its file. */
  readonly startSec: number;
  readonly durationSec: number;
  readonly sampleRateHz: number;
  readonly nChannels: number;
  readonly waveform: WaveformData | null;
  readonly spectrogram: SpectrogramData | null;
  /** Left out where sound is not to be stored, as by default. */
  readonly sound?: StoredSound;
}

/** How values become colours: "sequential" is magma from min to max, "signed" is centred on 0. */
export interface ValueScale {
  readonly kind: "sequential" | "signed";
  readonly min: number;
  readonly max: number;
}

export interface SimilarityFigure extends FigureBase<"similarity"> {
  readonly rows: Items;
  readonly columns: Items;
  /**
   * float16 cosines `[rows, columns]`; NaN where there is none. Of large matrices each value is the mean of a
   * block of `block` = [rows, columns] pairs, and the labels are those of each block's first row and column.
   */
  readonly values: string;
  readonly block: readonly [number, number];
  readonly scale: ValueScale;
}

export interface ZeroShotFigure extends FigureBase<"zeroshot"> {
  readonly clips: Items;
  readonly labels: readonly string[];
  /** Templates with `{}` for the label, or whole prompts. */
  readonly prompts: readonly string[];
  /** float16 cosines `[clips, labels]`. */
  readonly scores: string;
  /** τ of softmax(cosine / τ), where the model has one. */
  readonly temperature: number | null;
  /** Only where `temperature` is a usual or an initial value: shares are then none of the model's. */
  readonly temperatureIsLearned?: false;
}

export interface TripletRow {
  readonly anchor: string;
  readonly positive: string;
  readonly negative: string;
  readonly cosinePositive: number;
  readonly cosineNegative: number;
  /** cosinePositive − cosineNegative; right when above 0. */
  readonly margin: number;
  /** Of anchor, positive and negative; null for a text. Left out where all are texts. */
  readonly clips?: readonly [ClipId | null, ClipId | null, ClipId | null];
}

export interface TripletsFigure extends FigureBase<"triplets"> {
  /** Worst margin first. */
  readonly rows: readonly TripletRow[];
  readonly n: number;
  readonly nRight: number;
  /** 95 % interval of the accuracy. */
  readonly interval: readonly [number, number];
  readonly chance: number;
}

export interface EmbeddingsFigure extends FigureBase<"embeddings"> {
  readonly items: Items;
  readonly n: number;
  readonly dim: number;
  /** int8 with limit `stripLimit`, `[stripRows, dim]`: the first rows. */
  readonly strip: string;
  readonly stripRows: number;
  readonly stripLimit: number;
  /** Cosines between different rows; null below two rows. */
  readonly pairs: {
    readonly min: number;
    readonly mean: number;
    readonly max: number;
    /** Counts in 40 equal bins from −1 to 1. */
    readonly histogram: readonly number[];
    /** Pairs that were looked at; a sample where there are too many. */
    readonly n: number;
  } | null;
  readonly nFailures: number;
}

export interface MapFigure extends FigureBase<"map"> {
  readonly items: Items;
  /** "pca" or "umap". */
  readonly method: string;
  /** PCA: share of the variance along each axis. */
  readonly explained: readonly [number, number] | null;
  /** float16 `[n, 2]` inside [−1, 1], same scale on both axes. */
  readonly points: string;
  /** What the rows are that are no clips, beside some that are; left out where that is not known. */
  readonly others?: "texts";
  readonly n: number;
}

export interface TimelineFigure extends FigureBase<"timeline"> {
  /** Null where the clip itself is not known. */
  readonly clip: ClipId | null;
  readonly label: string;
  /** Position in its file. */
  readonly startSec: number;
  readonly durationSec: number;
  /** Null where the sound is not at hand or too long for a look. */
  readonly waveform: WaveformData | null;
  readonly prompts: readonly string[];
  readonly windows: {
    /** From the clip's start. */
    readonly startSec: readonly number[];
    /** The clip's own sound in it; the rest up to `windowSec` was padding. */
    readonly durationSec: readonly number[];
  };
  /** What one window hears. */
  readonly windowSec: number;
  /** float16 `[prompts, windows]`. */
  readonly cosines: string;
  /** Cosine of each prompt with the whole clip. */
  readonly scores: readonly number[];
}

export interface FigureOf {
  readonly clip: ClipFigure;
  readonly similarity: SimilarityFigure;
  readonly zeroshot: ZeroShotFigure;
  readonly triplets: TripletsFigure;
  readonly embeddings: EmbeddingsFigure;
  readonly map: MapFigure;
  readonly timeline: TimelineFigure;
  readonly report: ReportFigure;
  readonly loss: LossFigure;
}

/** The JSON of any family; `family` tells them apart. */
export type Figure = FigureOf[Family];
