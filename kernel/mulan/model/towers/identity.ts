import { cacheKey } from "../../embedding/cache.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { RunsOn } from "./towers.ts";

/** Raise it when decoding, resampling, windows or features change their numbers: older cached rows are then not used. */
const PIPELINE_VERSION = 1;

/** Everything but the clip that decides about its window rows. */
export function audioIdentity({ audio, files, dim }: Manifest, provider: RunsOn): unknown {
  const { input, output, frontEnd, windows, melGraph } = audio;
  return [
    PIPELINE_VERSION,
    "audio",
    graphHash(files, audio),
    input,
    output,
    frontEnd,
    windows,
    dim,
    provider,
    ...(melGraph ? [melGraph, files[melGraph.file]?.sha256] : []),
  ];
}

/** Everything but the token ids that decides about a text's row. */
export function textIdentity({ text, files, dim }: Manifest, provider: RunsOn): unknown {
  const { inputs, output, normalize } = text;
  const graph = graphHash(files, text);
  return [PIPELINE_VERSION, "text", graph, inputs, output, normalize, dim, provider];
}

/** Names a graph by its contents, weights in files beside it included. */
export function graphHash(
  files: Manifest["files"],
  { file, external = [] }: Pick<Manifest["audio"], "file" | "external">,
): string {
  return [file, ...external].map((name) => files[name]?.sha256 ?? "").join("+");
}

/** Names a model by its files and by how they are used; its name and licence do not matter. */
export function modelHash({ audio, text, files, dim }: Manifest): string {
  return cacheKey([audio, text, files, dim]);
}
