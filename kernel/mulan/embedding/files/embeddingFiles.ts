import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError, toMulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { Embeddings, type EmbeddingsInit } from "../embeddings.ts";
import { asMatrix, type FileArrays, holdsMatrix } from "./arrays.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { decodeNpz, encodeNpz, npzArrays } from "./npz.ts";
import { decodeParquet, encodeParquet } from "./parquet.ts";
import { type FilePart, namesOf } from "./rowNames.ts";
import { decodeSafetensors, encodeSafetensors, safetensorsArrays } from "./safetensors.ts";

interface Format {
  readonly encode: (embeddings: Embeddings) => Uint8Array;
  readonly decode: (
    bytes: Uint8Array,
    path: string,
    part?: FilePart,
  ) => EmbeddingsInit | Promise<EmbeddingsInit>;
  /** Of formats that hold arrays by name. */
  readonly arrays?: (bytes: Uint8Array, path: string) => FileArrays;
}

/**
 * | suffix       | matrix | labels | sources | modality, model | windows |
 * | .npy         | yes    | no     | no      | no              | no      |
 * | .npz         | yes    | yes    | yes     | yes             | yes     |
 * | .safetensors | yes    | yes    | yes     | yes             | yes     |
 * | .parquet     | yes    | yes    | yes     | yes             | no      |
 */
const FORMATS: Readonly<Record<string, Format>> = {
  ".npy": {
    encode: ({ n, dim, data }) => encodeNpy({ shape: [n, dim], numbers: data }),
    decode: (bytes, path) => asMatrix(decodeNpy(bytes, path), path),
  },
  ".npz": { encode: encodeNpz, decode: decodeNpz, arrays: npzArrays },
  ".safetensors": {
    encode: encodeSafetensors,
    decode: decodeSafetensors,
    arrays: (bytes, path) => safetensorsArrays(bytes, path).arrays,
  },
  ".parquet": { encode: encodeParquet, decode: decodeParquet },
};

/**
 * Writes embeddings for numpy, pandas or PyTorch to read; the suffix decides: .npy (the matrix alone, no
 * labels), .npz, .safetensors, .parquet (no window rows). Folders are made; an existing file is replaced
 * only when the new one is complete.
 * @throws MulanError `embedding-file.suffix`; the file system's errors
 */
export async function saveEmbeddings(embeddings: Embeddings, path: string): Promise<void> {
  assertNotPromise(embeddings, "saveEmbeddings(await model.embedAudio(…), path)");
  await writeAtomically(path, formatOf(path).encode(embeddings));
}

/**
 * Reads embeddings that saveEmbeddings or other programs wrote, by suffix. Rows that are not of length 1 are
 * scaled, and `normsBefore` says so. Numbers may be float16, bfloat16, float32 or float64. Rows are named by a column
 * or array called id, ids, track_id, clip_id, label, title, text or the like; without one they are not `labelled`.
 * @param part what the rows stand for, where that is known: of arrays called "audio" and "text" its own is taken, and a
 * text is named by itself before its id
 * @throws MulanError `embedding-file.suffix`, `.not-found`, `.invalid`, `.type`, `.ambiguous`, `.no-matrix`;
 * `embeddings.zero`, `embeddings.not-finite`, `embeddings.shape`
 */
export async function loadEmbeddings(path: string, part?: FilePart): Promise<Embeddings> {
  const { decode } = formatOf(path);
  const bytes = await bytesOf(path);
  return asRead(path, async () => Embeddings.from(await decode(bytes, path, part)));
}

/**
 * Whether a file has an array "audio" and an array "text", each with embeddings.
 * @throws MulanError `embedding-file.suffix`, `.not-found`, `.invalid`, `.type`
 */
export async function holdsBothParts(path: string): Promise<boolean> {
  const { arrays } = formatOf(path);
  if (!arrays) return false;
  const bytes = await bytesOf(path);
  return asRead(path, async () => {
    const found = arrays(bytes, path);
    return holdsMatrix(found, "audio") && holdsMatrix(found, "text");
  });
}

/** An .npy of strings or numbers as names. @throws MulanError `embedding-file.*` */
export async function loadNames(path: string): Promise<string[]> {
  const bytes = await bytesOf(path);
  return asRead(path, async () => namesOf(decodeNpy(bytes, path)) ?? []);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new MulanError("embedding-file.not-found", what, { subject: path }, { cause: error });
  });
}

async function asRead<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof MulanError && error.parts.subject) throw error;
    if (error instanceof MulanError) {
      throw new MulanError(error.code, error.message.replace(/\.$/, ""), { subject: path });
    }
    const remedy = "Write it again, or check that its suffix fits its content";
    throw toMulanError(error, "embedding-file.invalid", { subject: path, remedy });
  }
}

function formatOf(path: string): Format {
  const suffix = extname(path).toLowerCase();
  const format = FORMATS[suffix];
  if (format) return format;
  throw new MulanError("embedding-file.suffix", "this suffix stands for no embeddings format", {
    subject: path,
    expected: Object.keys(FORMATS).join(", "),
    got: suffix || "none",
  });
}
