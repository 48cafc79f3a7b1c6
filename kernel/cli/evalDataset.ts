import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { Option } from "commander";
import {
  type AudioSetOptions,
  type Dataset,
  readAudioSet,
  readFolders,
  readMagnaTagATune,
  readMusicCaps,
  readPlaylists,
  readSongDescriber,
  readTable,
} from "../mulan/index.ts";
import { UsageError } from "./usageError.ts";

const FORMATS = [
  "magnatagatune",
  "audioset",
  "folder",
  "table",
  "playlists",
  "musiccaps",
  "song-describer",
] as const;
type Format = (typeof FORMATS)[number];

const SUBSETS = [
  "music-genres-25",
  "music-141-instruments-genres-roles",
  "music-141-all-but-roles",
  "music-all",
  "all",
] as const satisfies readonly NonNullable<AudioSetOptions["subset"]>[];

export interface DatasetOptions {
  readonly format?: Format;
  readonly audio?: string;
  readonly ontology?: string;
  readonly classLabels?: string;
  readonly subset?: (typeof SUBSETS)[number];
  readonly topTags?: number;
  readonly videos?: boolean;
  /** Of EvalOptions: embeddings made elsewhere, and no model, need no sound. */
  readonly embeddings?: string;
  readonly model?: readonly string[];
}

/** What a data set is and where its sounds are, the same for every evaluation. */
export function withDatasetOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <kind>", "of DATA; guessed where it can be").choices(FORMATS))
    .option("--audio <folder>", "where the sounds are (default: as the format has them)")
    .option("--ontology <file>", "ontology.json of AudioSet")
    .option("--class-labels <file>", "class_labels_indices.csv of AudioSet: the released classes")
    .addOption(new Option("--subset <name>", "classes of AudioSet").choices(SUBSETS))
    .addOption(
      new Option("--top-tags <n>", "most frequent tags of MagnaTagATune (default: 50)").argParser(
        parseCount,
      ),
    )
    .option("--videos", "AudioSet, MusicCaps: files are whole videos, cut the segments from them");
}

/** @throws UsageError where the format cannot be guessed or lacks an option; what the readers throw */
export async function openDataset(
  data: string,
  options: DatasetOptions,
  wanted: "tagged" | "queries",
): Promise<Dataset> {
  const format = options.format ?? (await guessFormat(data, wanted));
  const withoutAudio = options.embeddings !== undefined && options.model === undefined;
  const audioFolder = {
    withoutAudio,
    ...(options.audio !== undefined && { audioFolder: options.audio }),
  };
  const neededAudio = () =>
    withoutAudio ? audioFolder : { audioFolder: needed(options.audio, "--audio", format) };
  const files = options.videos ? ({ files: "videos" } as const) : {};
  switch (format) {
    case "magnatagatune": {
      const topTags = options.topTags === undefined ? {} : { topTags: options.topTags };
      return readMagnaTagATune(data, { ...audioFolder, ...topTags });
    }
    case "audioset":
      return readAudioSet({
        segments: data,
        ontology: needed(options.ontology, "--ontology", format),
        ...neededAudio(),
        ...(options.classLabels !== undefined && { labels: options.classLabels }),
        ...(options.subset !== undefined && { subset: options.subset }),
        ...files,
      });
    case "folder":
      return readFolders(data);
    case "table":
      return readTable(data, {
        ...audioFolder,
        ...(wanted === "tagged" && { kind: "tagged" as const }),
        ...(wanted === "queries" && { kind: "captioned" as const }),
      });
    case "playlists":
      return readPlaylists(data, audioFolder);
    case "musiccaps":
      return readMusicCaps(data, {
        ...neededAudio(),
        ...files,
      });
    case "song-describer":
      return readSongDescriber(data, audioFolder);
  }
}

/** By what lies in a folder, by a file's name, and by its first line. @throws UsageError */
async function guessFormat(data: string, wanted: "tagged" | "queries"): Promise<Format> {
  const found = await stat(data).catch(() => {
    throw new UsageError(`there is no file or folder ${JSON.stringify(data)}`);
  });
  if (found.isDirectory()) return guessFolder(data);
  const name = basename(data).toLowerCase();
  const suffix = extname(name);
  if (name === "annotations_final.csv") return "magnatagatune";
  if (name.endsWith("_segments.csv")) return "audioset";
  if ([".m3u", ".m3u8", ".json"].includes(suffix)) return "playlists";
  if ([".jsonl", ".ndjson", ".parquet"].includes(suffix)) return "table";
  if (suffix !== ".csv" && suffix !== ".tsv") {
    throw new UsageError(
      `the format of ${JSON.stringify(data)} cannot be guessed: expected --format ${FORMATS.join("|")}`,
    );
  }
  const columns = (await firstLine(data))
    .toLowerCase()
    .split(/[,;\t|]/)
    .map((cell) => cell.replace(/^"|"$/g, "").trim());
  const has = (...names: string[]) => names.every((one) => columns.includes(one));
  if (has("ytid", "aspect_list")) return "musiccaps";
  if (has("track_id", "caption", "is_valid_subset")) return "song-describer";
  if (has("clip_id", "mp3_path") && columns.length > 20) return "magnatagatune";
  const lists = ["playlist", "playlist_title", "tracks"].some((one) => columns.includes(one));
  return wanted === "queries" && lists ? "playlists" : "table";
}

async function guessFolder(folder: string): Promise<Format> {
  const names = await readdir(folder);
  if (names.includes("annotations_final.csv")) return "magnatagatune";
  return names.some((name) => /\.m3u8?$/i.test(name)) ? "playlists" : "folder";
}

async function firstLine(path: string): Promise<string> {
  const input = createReadStream(path, { encoding: "utf8", end: 65_535 });
  for await (const line of createInterface({ input })) return line.replace(/^\uFEFF/, "");
  return "";
}

function needed(value: string | undefined, option: string, format: Format): string {
  if (value !== undefined) return value;
  throw new UsageError(`${option} is needed for --format ${format}`);
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new UsageError(`expected a whole number from 1, got ${JSON.stringify(text)}`);
}
