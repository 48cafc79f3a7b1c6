import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { cacheKey } from "../../embedding/cache.ts";
import { checkSameSpace } from "../../embedding/compatible.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { holdsBothParts, loadEmbeddings, loadNames } from "../../embedding/files/embeddingFiles.ts";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import type { Manifest } from "../../model/manifest/manifest.ts";
import { FixedEmbeddings } from "./fixedModel.ts";

export interface FixedEmbeddingsInit {
  /** Of sounds: a .npy, .npz, .safetensors or .parquet file, or embeddings. */
  readonly audio?: string | Embeddings;
  /**
   * Of texts (labels as the prompts say them, titles, captions), in the same space. Default: the array "text" of
   * `audio`'s file, where that holds arrays "audio" and "text".
   */
  readonly text?: string | Embeddings;
  /**
   * `[n]` of `audio`: what the data set calls each sound (its id, path, or file name); or a text file with one a line,
   * a JSON list, or an .npy. Default: the ids or labels in the embeddings file.
   */
  readonly ids?: string | readonly string[];
  /** `[n]` of `text`, the texts themselves; as `ids`. Default: the labels in the embeddings file. */
  readonly texts?: string | readonly string[];
  /** What reports call it. Default: the model that the file names, else the file's own name. */
  readonly id?: string;
  /** τ, for shares of one among labels. Default 1: cosines as they are. */
  readonly temperature?: number;
  /** What its training saw, as a manifest says it: seen labels are marked in reports. */
  readonly trainedOn?: Manifest["trainedOn"];
}

/**
 * Embeddings made elsewhere, standing as a model wherever one is evaluated. Live prompts are off: there is no tower to
 * embed a text that is not among them.
 * @throws MulanError `evaluation.no-embeddings`, `evaluation.ids`, `embeddings.dim-mismatch`,
 * `embeddings.model-mismatch`; what loadEmbeddings throws
 */
export async function fixedEmbeddings(init: FixedEmbeddingsInit): Promise<FixedEmbeddings> {
  if (init.audio === undefined && init.text === undefined) {
    throw new MulanError("evaluation.no-embeddings", "there are no embeddings to evaluate", {
      expected: "a model, or { audio, text, ids } with at least one file of embeddings",
      got: Object.keys(init).join(", ") || "an empty object",
    });
  }
  const audio = await open(init.audio, init.ids, "ids");
  const text = await open(init.text ?? (await textBeside(init.audio)), init.texts, "texts");
  if (audio && text) checkSameSpace(audio.embeddings, text.embeddings);
  const { id, temperature, trainedOn = [] } = init;
  return new FixedEmbeddings({
    id: id ?? (audio?.name || text?.name || "embeddings"),
    sha256: cacheKey([audio?.sha256 ?? null, text?.sha256 ?? null]),
    audio: audio?.embeddings,
    text: text?.embeddings,
    manifest:
      temperature === undefined
        ? { temperature: 1, temperatureOrigin: "assumed", trainedOn }
        : { temperature, trainedOn },
    notes: [audio, text].flatMap((part) => (part ? scalingNote(part) : [])),
  });
}

/** One file may hold both. */
async function textBeside(audio: string | Embeddings | undefined): Promise<string | undefined> {
  return typeof audio === "string" && (await holdsBothParts(audio)) ? audio : undefined;
}

interface Opened {
  readonly embeddings: Embeddings;
  readonly name: string;
  readonly file: string | undefined;
  readonly sha256: string;
  /** Of the rows before they were scaled; undefined where they had length 1. */
  readonly normsBefore: Embeddings["normsBefore"];
}

async function open(
  given: string | Embeddings | undefined,
  names: string | readonly string[] | undefined,
  what: "ids" | "texts",
): Promise<Opened | undefined> {
  if (given === undefined) return undefined;
  const file = typeof given === "string" ? given : undefined;
  const part = what === "ids" ? "audio" : "text";
  const loaded = typeof given === "string" ? await loadEmbeddings(given, part) : given;
  const labels = typeof names === "string" ? await readNames(names) : names;
  if (labels) checkNames(labels, loaded.n, what);
  const stem = file === undefined ? "" : basename(file, extname(file));
  const bytesHash = file === undefined ? hashOf(loaded) : await fileSha256(file);
  return {
    embeddings: labels ? renamed(loaded, labels) : loaded,
    name: loaded.modelId || stem,
    file,
    normsBefore: loaded.normsBefore,
    sha256: labels ? cacheKey([bytesHash, labels]) : bytesHash,
  };
}

function hashOf({ data, labels }: Embeddings): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return cacheKey([bytes.toString("base64"), labels]);
}

function renamed(embeddings: Embeddings, labels: readonly string[]): Embeddings {
  const { data, dim, modality, modelId } = embeddings;
  return Embeddings.from({ data, dim, labels, modality, modelId });
}

/** One a line, a JSON list, or NumPy's array. */
async function readNames(path: string): Promise<string[]> {
  if (extname(path).toLowerCase() === ".npy") return loadNames(path);
  const text = await readFile(path, "utf8").catch((cause: Error) => {
    throw new MulanError("evaluation.ids", cause.message, { subject: path }, { cause });
  });
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (!trimmed.startsWith("[")) return trimmed.split(/\r?\n/);
  try {
    return (JSON.parse(trimmed) as unknown[]).map(String);
  } catch (cause) {
    throw new MulanError(
      "evaluation.ids",
      "is not a JSON list",
      { subject: path, expected: '["first", "second"], or a name a line' },
      { cause },
    );
  }
}

/** @throws MulanError `evaluation.ids` */
function checkNames(names: readonly string[], n: number, what: "ids" | "texts"): void {
  const repeated = firstRepeated(names);
  if (names.length === n && repeated === undefined) return;
  throw new MulanError("evaluation.ids", `the ${what} do not fit the embeddings`, {
    expected: `${n} of them, each once`,
    got: names.length === n ? `${JSON.stringify(repeated)} more than once` : `${names.length}`,
  });
}

function firstRepeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}

/** Told on the console as well: cosines hide that lengths were lost. */
function scalingNote({ normsBefore, file, name }: Opened): string[] {
  if (!normsBefore) return [];
  const { min, max } = normsBefore;
  const note = `rows of ${file ?? (name || "the embeddings")} were not of length 1 (${min.toPrecision(4)} to ${max.toPrecision(4)}): scaled`;
  console.warn(`fixedEmbeddings: ${note}`);
  return [note];
}
