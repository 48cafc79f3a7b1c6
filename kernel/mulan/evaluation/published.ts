import { measured } from "./measured.ts";
import type { ComparedModel, Measured } from "./report.ts";
import { isSameDataset } from "./sameDataset.ts";

/** A figure that others measured on their data: it stands beside ours for orientation, never in a difference. */
interface Published {
  readonly task: "tagging" | "retrieval";
  /** As `isSameDataset` knows it. */
  readonly dataset: string;
  readonly id: string;
  readonly from: string;
  readonly measures: readonly Measured[];
}

const MULAN = "Huang et al. 2022, arXiv 2208.12415";
const MUQ = "Zhu et al. 2025, arXiv 2501.01108";
const COLLECTED = "published; collected at second hand";
/** MagnaTagATune's top tags. */
const MTT_LABELS = 50;

/** In percent: ROC-AUC, and the area under precision and recall (average precision) where it was given. */
function tagging(id: string, from: string, rocAuc: number, prAuc?: number): Published {
  const n = MTT_LABELS;
  return {
    task: "tagging",
    dataset: "MagnaTagATune",
    id,
    from: `${from}; zero-shot, MagnaTagATune`,
    measures: [
      measured("rocAuc", share(rocAuc), { n }),
      ...(prAuc === undefined ? [] : [measured("averagePrecision", share(prAuc), { n })]),
    ],
  };
}

/** In percent; the number of queries was not given. */
function captions(id: string, r1: number, r5: number, r10: number): Published {
  const n = 0;
  return {
    task: "retrieval",
    dataset: "MusicCaps",
    id,
    from: `${COLLECTED}; text to audio, MusicCaps`,
    measures: [
      measured("recallAt1", share(r1), { n }),
      measured("recallAt5", share(r5), { n }),
      measured("recallAt10", share(r10), { n }),
    ],
  };
}

/** Divided so that 78.2 becomes 0.782 and not 0.7820000000000001. */
function share(percent: number): number {
  return Number((percent / 100).toFixed(6));
}

const PUBLISHED: readonly Published[] = [
  tagging("MuLan", MULAN, 78.2),
  tagging("MuQ-MuLan", MUQ, 79.3, 29.3),
  tagging("TTMR", COLLECTED, 78.65, 25.21),
  tagging("MusicFM-MuLan", COLLECTED, 76.2, 27.1),
  tagging("MS-CLAP 2023", COLLECTED, 75.9, 28.9),
  tagging("MERT-MuLan", COLLECTED, 75.5, 24.6),
  tagging("LAION-CLAP", COLLECTED, 73.9, 25.0),
  captions("larger_clap_general", 6.24, 16.49, 25.13),
  captions("larger_clap_music_and_speech", 4.3, 14.02, 20.53),
  captions("clap-htsat-unfused", 3.92, 11.89, 17.89),
  captions("MuQ-MuLan-large", 3.55, 11.19, 17.92),
];

/** The rows that stand for a data set's task, marked as quoted; none where nothing was published on it. */
export function publishedRows(task: string, datasetName: string): ComparedModel[] {
  return PUBLISHED.filter(
    (one) => one.task === task && isSameDataset(datasetName, one.dataset),
  ).map(({ id, from, measures }) => ({ id, kind: "quoted", from, measures, seenLabels: [] }));
}
