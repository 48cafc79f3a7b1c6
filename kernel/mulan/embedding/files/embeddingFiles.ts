import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError, toMulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { Embeddings, type EmbeddingsInit } from "../embeddings.ts";
import { asMatrix } from "./arrays.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import { decodeNpz, encodeNpz } from "./npz.ts";
import { decodeParquet, encodeParquet } from "./parquet.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

interface Format {
  readonly encode: (embeddings: Embeddings) => Uint8Array;
  readonly decode: (bytes: Uint8Array, path: string) => EmbeddingsInit | Promise<EmbeddingsInit>;
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
  ".npz": { encode: encodeNpz, decode: decodeNpz },
  ".safetensors": { encode: encodeSafetensors, decode: decodeSafetensors },
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
 * scaled, and `normsBefore` says so. Numbers may be float16, bfloat16, float32 or float64.
 * @throws MulanError `embedding-file.suffix`, `.not-found`, `.invalid`, `.type`, `.ambiguous`, `.no-matrix`;
 * `embeddings.zero`, `embeddings.not-finite`, `embeddings.shape`
 */
export async function loadEmbeddings(path: string): Promise<Embeddings> {
  const format = formatOf(path);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    const what = error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new MulanError("embedding-file.not-found", what, { subject: path }, { cause: error });
  });
  try {
    return Embeddings.from(await format.decode(bytes, path));
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
