import type { Failure } from "../foundation/errors.ts";

/** A sound on disk that has not been looked at yet: `readAudio` opens it when its turn comes. */
export interface AudioRef {
  /** Distinct within its data set. */
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Into the file; 0 when left out. */
  readonly startSec?: number;
  /** All of it when left out. */
  readonly durationSec?: number;
}

export type Split = "train" | "validation" | "test";

/** What keeps items together. */
export interface Grouped {
  /**
   * The name of what several items come from: a recording, an artist. A split keeps its items on one side, and a
   * bootstrap draws them as one. An item without it stands for itself.
   */
  readonly group?: string;
}

export interface TaggedItem extends AudioRef, Grouped {
  /** A subset of the data set's `labels`. */
  readonly tags: readonly string[];
  readonly split?: Split;
}

export interface CaptionedItem extends AudioRef, Grouped {
  readonly captions: readonly string[];
}

export interface Playlist {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly tracks: readonly AudioRef[];
}

interface DatasetBase {
  /** "MagnaTagATune (top 50)". */
  readonly name: string;
  /** Of the list's own bytes (annotations, CSV, playlists): two runs with one hash saw the same data. */
  readonly sha256: string;
  /** What was chosen and left out, a line each: "clips 35644, 55753 and 57881 left out (corrupt)". */
  readonly conventions: readonly string[];
  /** Rows that could not be used while the rest could. */
  readonly failures: readonly Failure[];
}

/** Sounds with any number of labels each. */
export interface TaggedDataset extends DatasetBase {
  readonly kind: "tagged";
  /** Order of every table. */
  readonly labels: readonly string[];
  readonly items: readonly TaggedItem[];
}

/** Sounds with one or more captions each. */
export interface CaptionedDataset extends DatasetBase {
  readonly kind: "captioned";
  readonly items: readonly CaptionedItem[];
}

export interface PlaylistDataset extends DatasetBase {
  readonly kind: "playlists";
  readonly playlists: readonly Playlist[];
}

export type Dataset = TaggedDataset | CaptionedDataset | PlaylistDataset;
