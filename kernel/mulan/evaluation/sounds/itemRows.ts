import { distinctLabels } from "../../audio/labels.ts";
import type { AudioRef, Grouped } from "../../datasets/dataset.ts";
import type { EmbeddingSource } from "../../embedding/source.ts";
import type { Failure } from "../../foundation/errors.ts";
import { FixedEmbeddings } from "../given/fixedModel.ts";
import type { ReportItem } from "../report.ts";
import type { TwoTowers } from "../twoTowers.ts";
import { assertAnySound, type EmbedSoundsOptions, embedSounds } from "./embedSounds.ts";

/** The items of a data set that a model has a row for. */
export interface ItemRows<Ref extends AudioRef & Grouped> {
  readonly refs: readonly Ref[];
  readonly items: readonly ReportItem[];
  /** `[refs.length, dim]`, rows of length 1. */
  readonly data: Float32Array;
  readonly dim: number;
  readonly failures: readonly Failure[];
  /** A line where the rows did not come from the model itself. */
  readonly conventions: readonly string[];
}

/**
 * Embeds a data set's items, or finds them among embeddings made elsewhere.
 * @throws MulanError `evaluation.no-audio`; what embedSounds throws
 */
export async function itemRows<Ref extends AudioRef & Grouped>(
  model: TwoTowers,
  refs: readonly Ref[],
  options: EmbedSoundsOptions,
): Promise<ItemRows<Ref>> {
  const found =
    model instanceof FixedEmbeddings
      ? givenRows(model, refs)
      : await embedSounds(model, refs, options);
  assertAnySound(found, refs.length);
  const { kept, data, dim, sources, failures } = found;
  const keptRefs = kept.map((i) => refs[i]!);
  const labels = distinctLabels(keptRefs.map(({ path }) => path));
  const items = keptRefs.map(({ id, group }, i) => ({
    id,
    label: labels[i]!,
    source: sources[i],
    ...(group !== undefined && { group }),
  }));
  const conventions =
    model instanceof FixedEmbeddings
      ? [
          `embeddings of a file: rows for ${kept.length} of ${refs.length} items`,
          ...("byWay" in found ? found.byWay : []),
          ...model.notes,
        ]
      : [];
  return { refs: keptRefs, items, data, dim, failures, conventions };
}

function givenRows(model: FixedEmbeddings, refs: readonly AudioRef[]) {
  const { kept, rows, failures, nByWay } = model.rowsOf(refs);
  const picked = model.audio!.select(rows);
  const sources: EmbeddingSource[] = kept.map((i, row) => picked.sources[row] ?? refs[i]!.path);
  const ways = [...nByWay].map(([way, n]) => `${n} by ${way}`).join(", ");
  // Ids are what one expects; a file's name alone may say less than it seems.
  const byWay = [...nByWay.keys()].every((way) => way === "id") ? [] : [`rows found: ${ways}`];
  return { kept, data: picked.data, dim: model.dim, sources, failures, byWay };
}
