import type { Manifest } from "./manifest.ts";

/** Every file that loading reads: graphs in their chosen precision, weights beside them, the tokenizer. */
export function neededFiles({ audio, text }: Manifest): string[] {
  const { tokenizer } = text;
  return [
    audio.file,
    ...(audio.external ?? []),
    ...(audio.melGraph ? [audio.melGraph.file] : []),
    text.file,
    ...(text.external ?? []),
    tokenizer.file,
    ...(tokenizer.configFile !== undefined ? [tokenizer.configFile] : []),
  ];
}
