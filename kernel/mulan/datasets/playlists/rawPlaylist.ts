import type { Failure } from "../../foundation/errors.ts";

/** A playlist as its file says it, before any file was looked for. */
export interface RawPlaylist {
  /** The title when the file gives none. */
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly tracks: readonly RawTrack[];
  /** Where it begins: "evening.m3u8:1". */
  readonly place: string;
}

export interface RawTrack {
  /** A path or file: URL, as written. */
  readonly location: string;
  readonly startSec?: number;
  readonly durationSec?: number;
  /** Where it is named: "evening.m3u8:7". */
  readonly place: string;
}

export interface RawPlaylists {
  readonly playlists: readonly RawPlaylist[];
  readonly failures: readonly Failure[];
}

/** A list may give one text or several fields of it, empty ones among them. */
export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
