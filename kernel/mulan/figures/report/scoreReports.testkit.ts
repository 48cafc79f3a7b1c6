import type { ClipSource } from "../../embedding/source.ts";
import type {
  LabelMeasures,
  Measured,
  ProbeReport,
  ReportItem,
  RetrievalReport,
  TaggingReport,
} from "../../evaluation/report.ts";
import { MulanError } from "../../foundation/errors.ts";
import { randomNumbers } from "../figures.testkit.ts";
import { rankScores } from "./rankScores.ts";

/** The kind of tags that MagnaTagATune has most of. */
export const tagNames = [
  ...["guitar", "classical", "slow", "techno", "strings", "drums", "electronic", "rock", "fast"],
  ...["piano", "ambient", "beat", "violin", "vocal", "synth", "female", "indian", "opera", "male"],
  ...["singing", "vocals", "no vocals", "harpsichord", "loud", "quiet", "flute", "woman"],
  ...["male vocal", "no vocal", "pop", "soft", "sitar", "solo", "man", "classic", "choir", "voice"],
  ...["new age", "dance", "male voice", "female vocal", "beats", "harp", "cello", "no voice"],
  ...["weird", "country", "metal", "female voice", "choral"],
];

export interface Shape {
  readonly nItems?: number;
  readonly labels?: readonly string[];
  readonly seed?: number;
  /** Standard deviations between items with and without a label. */
  readonly separation?: number;
  readonly itemLabel?: (i: number) => string;
  readonly sources?: readonly ClipSource[];
  readonly modelId?: string;
}

const artists = [
  "american_bach_soloists",
  "jag",
  "the_headroom_project",
  "jacob_heringman",
  "dac_crowell",
];

export function items(n: number, { itemLabel, sources }: Shape = {}): ReportItem[] {
  const nameOf =
    itemLabel ??
    ((i: number) =>
      `${artists[i % artists.length]}-suite_no_${1 + (i % 7)}-${String(i + 1).padStart(2, "0")}-30-59`);
  return Array.from({ length: n }, (_, i) => {
    const label = nameOf(i);
    const place = { label, path: `/music/${i}.mp3`, startSec: 0, durationSec: 29 };
    return { id: String(i), label, source: sources?.[i % sources.length] ?? place };
  });
}

/** From two numbers of a uniform one (Box and Muller). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
}

export const common = {
  kind: "report" as const,
  conventions: [
    "macro: mean over the labels that have positives and negatives",
    "ties count half in ROC-AUC and fall together in average precision",
  ],
  data: {
    name: "MagnaTagATune (top 50)",
    sha256: "5b1d2a9c".repeat(8),
    n: 300,
    conventions: ["clips 35644, 55753 and 57881 left out (corrupt)", "test: folders d–f"],
  },
  seed: 7,
  version: "0.1.0",
  madeAt: "2026-11-22T17:00:00.000Z",
  failures: [
    {
      source: "/home/me/music/broken file.mp3",
      error: new MulanError("audio.unreadable", "this is no audio file"),
    },
  ],
};

export function modelOf(id: string, seen: readonly string[] = []) {
  return {
    id,
    sha256: "0f".repeat(32),
    seenLabels: seen,
    seenHow: seen.length > 0 ? "its teachers were trained on MagnaTagATune's tags" : null,
  };
}

function scoresOf(n: number, labels: readonly string[], { seed = 1, separation = 1.2 }: Shape) {
  const random = randomNumbers(seed);
  const scores = new Float32Array(n * labels.length);
  const truth = new Uint8Array(n * labels.length);
  labels.forEach((_, j) => {
    const prevalence = 0.02 + 0.28 / (1 + j / 4);
    const lift = separation * (0.3 + 1.4 * random());
    for (let i = 0; i < n; i++) {
      const positive = random() < prevalence ? 1 : 0;
      truth[i * labels.length + j] = positive;
      scores[i * labels.length + j] = 0.12 + 0.08 * (normal(random) + lift * positive);
    }
  });
  return { scores, truth };
}

/** Each label's measures, counted plainly. */
function measureLabels(
  labels: readonly string[],
  n: number,
  scores: Float32Array,
  truth: Uint8Array,
  seen: ReadonlySet<string>,
): LabelMeasures[] {
  return labels.map((label, j) => {
    const column = Float32Array.from({ length: n }, (_, i) => scores[i * labels.length + j]!);
    const order = rankScores(column);
    let nTrue = 0;
    let pairs = 0;
    let sum = 0;
    order.forEach((item, place) => {
      if (truth[item * labels.length + j]) {
        nTrue++;
        sum += nTrue / (place + 1);
      } else {
        pairs += nTrue;
      }
    });
    const judged = nTrue > 0 && nTrue < n;
    return {
      label,
      nPositive: nTrue,
      rocAuc: judged ? pairs / (nTrue * (n - nTrue)) : null,
      averagePrecision: judged ? sum / nTrue : null,
      seen: seen.has(label),
    };
  });
}

export function measured(
  name: Measured["name"],
  label: string,
  value: number,
  n: number,
  chance: number | null,
  half = 0.014,
): Measured {
  const isRank = name === "medianRank";
  const interval: [number, number] = isRank
    ? [Math.max(1, value - 3), value + 4]
    : [Math.max(0, value - half), Math.min(1, value + half)];
  return { name, label, value, interval, n, chance, higherIsBetter: !isRank };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function labelMeasured(labels: readonly LabelMeasures[], nItems: number): Measured[] {
  const judged = labels.filter(({ rocAuc }) => rocAuc !== null);
  const prevalence = mean(judged.map(({ nPositive }) => nPositive / nItems));
  const auc = mean(judged.map(({ rocAuc }) => rocAuc!));
  const precision = mean(judged.map(({ averagePrecision }) => averagePrecision!));
  const n = judged.length;
  return [
    measured("rocAuc", "ROC-AUC (macro)", auc, n, 0.5),
    measured("averagePrecision", "average precision (macro)", precision, n, prevalence, 0.03),
    measured("rocAucMicro", "ROC-AUC (micro)", auc - 0.01, n * nItems, 0.5, 0.006),
    measured(
      "averagePrecisionMicro",
      "average precision (micro)",
      precision - 0.02,
      n * nItems,
      prevalence,
      0.02,
    ),
  ];
}

export function taggingReport(shape: Shape = {}): TaggingReport {
  const { nItems = 300, labels = tagNames, modelId = "mulan-mini@0.1.0" } = shape;
  const seen = labels.filter((_, j) => j % 6 === 1);
  const { scores, truth } = scoresOf(nItems, labels, shape);
  const rows = measureLabels(labels, nItems, scores, truth, new Set(seen));
  return {
    ...common,
    task: "tagging",
    data: { ...common.data, n: nItems },
    model: modelOf(modelId, seen),
    measures: labelMeasured(rows, nItems),
    items: items(nItems, shape),
    labels: rows,
    nLabelsLeftOut: rows.filter(({ rocAuc }) => rocAuc === null).length,
    scores,
    truth,
    prompts: ["{} music"],
  };
}

export function probeReport(shape: Shape = {}): ProbeReport {
  const { prompts: _, ...tagging } = taggingReport({ separation: 1.8, ...shape });
  return {
    ...tagging,
    task: "probe",
    chosenC: 0.1,
    triedC: [0.001, 0.01, 0.1, 1, 10, 100].map((c, i) => ({
      c,
      rocAuc: [0.842, 0.871, 0.883, 0.879, 0.861, 0.84][i]!,
    })),
    fewShot: [1, 2, 4, 8, 16, 32].map((nPerLabel, i) => {
      const rocAuc = [0.61, 0.667, 0.72, 0.768, 0.809, 0.842][i]!;
      return { nPerLabel, rocAuc, interval: [rocAuc - 0.03 / (i + 1), rocAuc + 0.03 / (i + 1)] };
    }),
  };
}

export interface RetrievalShape extends Shape {
  readonly nQueries?: number;
  readonly nRelevant?: number;
  readonly queryOf?: (q: number) => string;
}

const queryWords = [
  "rainy morning piano",
  "songs to run to",
  "baroque strings",
  "a slow sad guitar",
  "club",
];

export function retrievalReport(shape: RetrievalShape = {}): RetrievalReport {
  const { nItems = 300, nQueries = 60, nRelevant = 8, seed = 3, separation = 1.6 } = shape;
  const queryOf = shape.queryOf ?? ((q: number) => `${queryWords[q % queryWords.length]} ${q + 1}`);
  const random = randomNumbers(seed);
  const scores = new Float32Array(nQueries * nItems);
  const queries = Array.from({ length: nQueries }, (_, q) => {
    const relevant = [
      ...new Set(Array.from({ length: nRelevant }, () => Math.floor(random() * nItems))),
    ];
    const lift = separation * (0.2 + 1.5 * random());
    const row = scores.subarray(q * nItems, (q + 1) * nItems);
    for (let i = 0; i < nItems; i++) row[i] = 0.1 + 0.1 * normal(random);
    for (const item of relevant) row[item] = row[item]! + 0.1 * lift;
    const order = rankScores(row);
    const found = new Set(relevant);
    const places = [...order.keys()].filter((place) => found.has(order[place]!));
    return {
      query: queryOf(q),
      from: "title",
      relevant,
      rank: places[0]! + 1,
      rocAuc: 1 - mean(places.map((place, k) => (place - k) / Math.max(1, nItems - places.length))),
      averagePrecision: mean(places.map((place, k) => (k + 1) / (place + 1))),
    };
  });
  const ranks = queries.map(({ rank }) => rank).sort((a, b) => a - b);
  const hit = (k: number) => ranks.filter((rank) => rank <= k).length / nQueries;
  const chance = nRelevant / nItems;
  return {
    ...common,
    task: "retrieval",
    data: { ...common.data, name: "playlists (titles)", n: nItems },
    model: modelOf("mulan-mini@0.1.0"),
    measures: [
      measured(
        "rocAuc",
        "ROC-AUC (mean over queries)",
        mean(queries.map((q) => q.rocAuc)),
        nQueries,
        0.5,
      ),
      measured(
        "averagePrecision",
        "mAP",
        mean(queries.map((q) => q.averagePrecision)),
        nQueries,
        chance,
        0.04,
      ),
      measured("recallAt1", "R@1", hit(1), nQueries, chance, 0.08),
      measured("recallAt5", "R@5", hit(5), nQueries, 5 * chance, 0.1),
      measured("recallAt10", "R@10", hit(10), nQueries, Math.min(1, 9 * chance), 0.1),
      measured(
        "meanReciprocalRank",
        "MRR",
        mean(ranks.map((rank) => 1 / rank)),
        nQueries,
        null,
        0.07,
      ),
      measured("medianRank", "median place", ranks[nQueries >> 1] ?? 1, nQueries, 34),
    ],
    items: items(nItems, shape),
    queries,
    scores,
  };
}
