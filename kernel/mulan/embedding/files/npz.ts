import { unzipSync, zipSync } from "fflate";
import type { Embeddings, EmbeddingsInit } from "../embeddings.ts";
import { initFromArrays, numericArrays } from "./arrayFile.ts";
import type { FileArray, FileArrays } from "./arrays.ts";
import { decodeNpy, encodeNpy } from "./npy.ts";
import type { FilePart } from "./rowNames.ts";
import { sourcesToColumns } from "./sources.ts";

/** The dates of a zip start in 1980; a constant one keeps equal embeddings equal files. */
const MODIFIED = "1980-01-01T12:00:00";

/** An .npz of plain arrays (no pickles): embeddings, labels, modality, model_id, sources, windows. Not compressed. */
export function encodeNpz(embeddings: Embeddings): Uint8Array {
  const { labels, n, modality, modelId } = embeddings;
  const { source } = sourcesToColumns(embeddings.sources);
  const arrays = new Map<string, Omit<FileArray, "type">>([
    ...numericArrays(embeddings),
    ["labels", { shape: [n], texts: labels }],
    ["sources", { shape: [n], texts: source }],
    ["modality", { shape: [], texts: [modality] }],
    ["model_id", { shape: [], texts: [modelId] }],
  ]);
  const files = [...arrays].map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: MODIFIED });
}

/** Ours, or any .npz with one 2-D array of numbers, or one called as the part. */
export function decodeNpz(bytes: Uint8Array, path: string, part?: FilePart): EmbeddingsInit {
  const arrays = npzArrays(bytes, path);
  const texts = (name: string) => arrays.get(name)?.texts;
  const facts = {
    sources: texts("sources"),
    modality: texts("modality")?.[0],
    modelId: texts("model_id")?.[0],
  };
  return initFromArrays(arrays, facts, path, part);
}

export function npzArrays(bytes: Uint8Array, path: string): FileArrays {
  return new Map(
    Object.entries(unzipSync(bytes)).map(([file, content]) => {
      const name = file.replace(/\.npy$/, "");
      return [name, decodeNpy(content, `${path} (${name})`)];
    }),
  );
}
