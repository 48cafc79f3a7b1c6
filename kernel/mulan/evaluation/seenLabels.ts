import type { Manifest } from "../model/manifest/manifest.ts";
import { modelHash } from "../model/towers/identity.ts";
import { FixedEmbeddings } from "./given/fixedModel.ts";
import type { ReportModel } from "./report.ts";
import { isSameDataset, plainName } from "./sameDataset.ts";
import type { TwoTowers } from "./twoTowers.ts";

/**
 * A model as a report names it, with the labels of this data set that its training, or its teachers', saw: on them it is
 * not zero-shot, whichever of its data sets they came from.
 */
export function reportModel(
  model: Pick<TwoTowers, "id"> & { readonly manifest?: TwoTowers["manifest"] },
  datasetName: string,
  labels: readonly string[] = [],
): ReportModel {
  const trainedOn = model.manifest?.trainedOn ?? [];
  const here = trainedOn.filter(({ dataset }) => isSameDataset(dataset, datasetName));
  const allSeen = here.some(({ labelsSeen }) => labelsSeen === undefined);
  const seen = new Set(trainedOn.flatMap(({ labelsSeen = [] }) => labelsSeen.map(plainName)));
  const hows = here.map(({ how }) => how ?? "trained on it");
  return {
    id: model.id,
    sha256: hashOf(model),
    seenLabels: labels.filter((label) => allSeen || seen.has(plainName(label))),
    seenHow: hows.length > 0 ? [...new Set(hows)].join("; ") : null,
  };
}

function hashOf(model: { readonly manifest?: TwoTowers["manifest"] }): string | null {
  if (model instanceof FixedEmbeddings) return model.sha256;
  const manifest = model.manifest;
  return manifest?.files && manifest.audio && manifest.text
    ? modelHash(manifest as Manifest)
    : null;
}
