import { cacheKey } from "../embedding/cache.ts";
import type { Provider } from "./inferenceProtocol.ts";
import type { Manifest } from "./manifest.ts";

/** Raise it when decoding, resampling, windows or features change their numbers: older cached rows are then not used. */
const PIPELINE_VERSION = 1;

/** Everything but the clip that decides about its window rows. */
export function audioIdentity({ audio, files, dim }: Manifest, provider: Provider): unknown {
  const { input, output, frontEnd, windows, file } = audio;
  return [
    PIPELINE_VERSION,
    "audio",
    files[file]?.sha256,
    input,
    output,
    frontEnd,
    windows,
    dim,
    provider,
  ];
}

/** Everything but the token ids that decides about a text's row. */
export function textIdentity({ text, files, dim }: Manifest, provider: Provider): unknown {
  const { inputs, output, normalize, file } = text;
  return [PIPELINE_VERSION, "text", files[file]?.sha256, inputs, output, normalize, dim, provider];
}

/** Names a model by its files and by how they are used; its name and licence do not matter. */
export function modelHash({ audio, text, files, dim }: Manifest): string {
  return cacheKey([audio, text, files, dim]);
}
