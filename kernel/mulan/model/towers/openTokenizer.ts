import { join } from "node:path";
import type { ModelFolder } from "../manifest/readManifest.ts";
import { TextTokenizer } from "./tokenizer.ts";

/** @throws MulanError `model.tokenizer` */
export function openTokenizer({ folder, manifest }: ModelFolder): Promise<TextTokenizer> {
  const { file, configFile, maxTokens } = manifest.text.tokenizer;
  return TextTokenizer.open({
    file: join(folder, file),
    configFile: configFile && join(folder, configFile),
    maxTokens,
  });
}
