import { Embeddings } from "../../embedding/embeddings.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import { allFailed } from "./embedArguments.ts";
import { type EmbedOptions, withDefaults } from "./embedOptions.ts";
import { embedTexts, type TextJob } from "./embedTexts.ts";
import { type CutText, warnOfCutTexts } from "./warnOfCutTexts.ts";

/**
 * The texts' rows in their order; what has none stands in `failures`, and texts that were cut are warned of.
 * @throws MulanError `embed.all-failed`, `child.crashed`, `model.*`; AbortError
 */
export async function textEmbeddings(
  texts: readonly string[],
  of: Pick<TextJob, "tower" | "dim" | "identity"> & { readonly modelId: string },
  options: EmbedOptions,
): Promise<Embeddings> {
  const { tower, dim, identity, modelId } = of;
  const cut: CutText[] = [];
  const found = await embedTexts(texts, {
    tower,
    dim,
    identity,
    onCut: (text, nUsed, nCut) => cut.push({ text, nUsed, nCut }),
    ...withDefaults(options),
  });
  if (cut.length > 0) warnOfCutTexts(cut);
  const failures: Failure[] = [];
  const labels: string[] = [];
  const rows: Float32Array[] = [];
  for (const text of texts) {
    const row = found.get(text)!;
    if (row instanceof MulanError) failures.push({ source: text, error: row });
    else {
      labels.push(text);
      rows.push(row);
    }
  }
  if (rows.length === 0 && !options.allowNone) throw allFailed("texts", texts.length, failures);
  return Embeddings.from({
    data: rows,
    dim,
    labels,
    sources: labels,
    modality: "text",
    modelId,
    failures,
  });
}
