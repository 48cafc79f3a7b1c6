import { join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { readModelFolder } from "../manifest/readManifest.ts";
import { verifyFiles } from "../manifest/verifyFiles.ts";
import type { SentenceFolder } from "./sentenceFolder.ts";

/**
 * The sentence model inside the embedded model's text tower, before its head: the same file, one tensor earlier.
 * @throws MulanError `model.not-found`, `model.manifest`, `model.file-missing`, `model.file-changed`
 */
export async function embeddedSentenceFolder(signal?: AbortSignal): Promise<SentenceFolder> {
  const model = await readModelFolder(join(packageRoot, "models", "mulan-mini"));
  await verifyFiles(model, signal);
  const { folder, manifest } = model;
  const { file, tokenizer, sentenceEncoder } = manifest.text;
  if (!sentenceEncoder || !tokenizer) {
    throw new MulanError("model.manifest", "the embedded model names no sentence encoder", {
      subject: folder,
      expected: '"sentenceEncoder" under "text"',
    });
  }
  const { id, output, dim } = sentenceEncoder;
  return {
    id,
    folder,
    graph: join(folder, file),
    addOutputs: [{ name: output, dims: ["batch", dim] }],
    tokenizer: {
      file: join(folder, tokenizer.file),
      configFile: tokenizer.configFile && join(folder, tokenizer.configFile),
      maxTokens: tokenizer.maxTokens,
    },
    lowerCase: false,
    prompt: "",
    modules: undefined,
  };
}
