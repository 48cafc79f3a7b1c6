// The library's public names: what `import … from "mulan-notebook"` and the global `mulan` of a cell offer.
export {
  type EmbeddingRow,
  Embeddings,
  type EmbeddingsInit,
  type Modality,
  type Neighbour,
} from "./embedding/embeddings.ts";
export { loadEmbeddings, saveEmbeddings } from "./embedding/files/embeddingFiles.ts";
export { type ProjectOptions, project } from "./embedding/projection/project.ts";
export type { Projection } from "./embedding/projection/projection.ts";
export { type Similarity, similarity } from "./embedding/similarity.ts";
export type { ClipSource, EmbeddingSource } from "./embedding/source.ts";
export type { WindowRows } from "./embedding/windowRows.ts";
