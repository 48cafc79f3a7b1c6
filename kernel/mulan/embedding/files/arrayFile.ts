import type { Embeddings, EmbeddingsInit, Modality } from "../embeddings.ts";
import type { WindowRows } from "../windowRows.ts";
import { type FileArray, type FileArrays, MATRIX_NAME, pickMatrix } from "./arrays.ts";
import { type FilePart, namesInArrays } from "./rowNames.ts";
import { sourcesFromColumns, sourcesToColumns } from "./sources.ts";

/** What .npz and .safetensors files hold besides the matrix, by the same names: snake case, as Python reads them. */
export interface FileFacts {
  /** Where the file has them beside its arrays. */
  readonly labels?: readonly string[] | undefined;
  readonly sources: readonly string[] | undefined;
  readonly modality: string | undefined;
  readonly modelId: string | undefined;
}

/** The numeric arrays of an embeddings file; strings go where the format has a place for them. */
export function numericArrays(embeddings: Embeddings): Map<string, Omit<FileArray, "type">> {
  const { data, n, dim, windows, sources } = embeddings;
  const arrays = new Map<string, Omit<FileArray, "type">>([
    [MATRIX_NAME, { shape: [n, dim], numbers: data }],
  ]);
  const { startSec, durationSec } = sourcesToColumns(sources);
  if (startSec.some((sec) => !Number.isNaN(sec))) {
    arrays.set("start_sec", { shape: [n], numbers: startSec });
    arrays.set("duration_sec", { shape: [n], numbers: durationSec });
  }
  if (windows) {
    const nWindows = windows.startSec.length;
    arrays.set("window_embeddings", { shape: [nWindows, dim], numbers: windows.data });
    arrays.set("window_offsets", { shape: [n + 1], numbers: windows.offsets });
    arrays.set("window_start_sec", { shape: [nWindows], numbers: windows.startSec });
    arrays.set("window_duration_sec", { shape: [nWindows], numbers: windows.durationSec });
  }
  return arrays;
}

/** @throws MulanError `embedding-file.ambiguous`, `embedding-file.no-matrix` */
export function initFromArrays(
  arrays: FileArrays,
  facts: FileFacts,
  path: string,
  part?: FilePart,
): EmbeddingsInit {
  const { data, dim } = pickMatrix(arrays, path, part);
  const n = data.length / dim;
  const labels = facts.labels ?? namesInArrays(arrays, n, part);
  const startSec = arrays.get("start_sec")?.numbers;
  const durationSec = arrays.get("duration_sec")?.numbers;
  const columns = {
    source: facts.sources ?? [],
    ...(startSec && { startSec }),
    ...(durationSec && { durationSec }),
  };
  return {
    data,
    dim,
    ...(labels && { labels }),
    modality: asModality(facts.modality),
    modelId: facts.modelId ?? "",
    windows: windowsFrom(arrays),
    ...(facts.sources && { sources: sourcesFromColumns(columns, labels ?? []) }),
  };
}

export function asModality(text: unknown): Modality {
  return text === "audio" || text === "text" ? text : "unknown";
}

function windowsFrom(arrays: FileArrays): WindowRows | undefined {
  const numbers = (name: string) => arrays.get(name)?.numbers;
  const data = numbers("window_embeddings");
  const offsets = numbers("window_offsets");
  const startSec = numbers("window_start_sec");
  const durationSec = numbers("window_duration_sec");
  if (!data || !offsets || !startSec || !durationSec) return undefined;
  return {
    data: Float32Array.from(data),
    offsets: Uint32Array.from(offsets),
    startSec: Float32Array.from(startSec),
    durationSec: Float32Array.from(durationSec),
  };
}
