import type { ClipSource } from "../../embedding/source.ts";
import type {
  ComparisonReport,
  Measured,
  Report,
  TaggingReport,
  TripletsReport,
} from "../../evaluation/report.ts";
import { randomNumbers } from "../figures.testkit.ts";
import {
  common,
  measured,
  modelOf,
  normal,
  probeReport,
  retrievalReport,
  type Shape,
  taggingReport,
} from "./scoreReports.testkit.ts";

const triplets = [
  [
    "harpsichord",
    "A keyboard instrument whose strings are plucked.",
    "A tuned percussion instrument of metal bars.",
  ],
  [
    "grunge",
    "Distorted guitars and a raw voice, from the north-west of America.",
    "Music for dancing tango.",
  ],
  ["lullaby", "A quiet song that puts a child to sleep.", "Fast music for running."],
  ["bass drum", "A large drum of low pitch.", "A small high flute."],
] as const;

export function tripletsReport(
  shape: {
    readonly n?: number;
    readonly seed?: number;
    readonly sources?: readonly ClipSource[];
  } = {},
): TripletsReport {
  const { n = 120, seed = 5, sources } = shape;
  const random = randomNumbers(seed);
  const rows = Array.from({ length: n }, (_, i) => {
    const [anchor, positive, negative] = triplets[i % triplets.length]!;
    const cosinePositive = 0.35 + 0.15 * normal(random);
    const cosineNegative = 0.15 + 0.15 * normal(random);
    const margin = cosinePositive - cosineNegative;
    const own = sources?.[i % sources.length];
    return {
      anchor: own?.label ?? `${anchor} ${1 + Math.floor(i / 4)}`,
      positive,
      negative,
      cosinePositive,
      cosineNegative,
      margin,
      correct: margin > 0,
    };
  });
  const accuracy = rows.filter(({ correct }) => correct).length / Math.max(1, n);
  return {
    ...common,
    task: "triplets",
    data: { ...common.data, name: "music concepts", n },
    model: modelOf("mulan-mini@0.1.0"),
    measures: [measured("accuracy", "accuracy", accuracy, n, 0.5, 0.06)],
    rows,
    clusters: { noun: "anchors", ofRows: rows.map((_, i) => Math.floor(i / 4)) },
    sources: rows.map(({ positive, negative }, i) => [
      sources?.[i % sources.length] ?? undefined,
      positive,
      negative,
    ]),
    baselines: [
      { id: "chance", accuracy: measured("accuracy", "accuracy", 0.5, n, null, 0) },
      { id: "lexical overlap", accuracy: measured("accuracy", "accuracy", 0.63, n, 0.5, 0.08) },
    ],
  };
}

export function comparisonReport(shape: Shape = {}): ComparisonReport {
  const a = taggingReport({ ...shape, modelId: "mulan-mini@0.1.0" });
  const b = taggingReport({ ...shape, separation: 1.5, modelId: "muq-mulan-large@1" });
  const c = taggingReport({ ...shape, separation: 1.15, modelId: "mulan-mini unfiltered" });
  const quoted = (name: Measured["name"], label: string, value: number): Measured => ({
    ...measured(name, label, value, 50, null),
    interval: null,
  });
  const measures = (auc: number, precision: number | null): Measured[] => [
    quoted("rocAuc", "ROC-AUC (macro)", auc),
    ...(precision === null
      ? []
      : [quoted("averagePrecision", "average precision (macro)", precision)]),
  ];
  const row = (report: TaggingReport) => ({
    id: report.model.id,
    kind: "measured" as const,
    from: null,
    measures: report.measures,
    seenLabels: report.model.seenLabels,
  });
  const { model: _, measures: __, ...base } = { ...a };
  const difference = (x: TaggingReport, y: TaggingReport, k: number, half: number) => {
    const value = y.measures[k]!.value - x.measures[k]!.value;
    return {
      a: x.model.id,
      b: y.model.id,
      measure: x.measures[k]!.name,
      difference: value,
      interval: [value - half, value + half] as const,
    };
  };
  return {
    kind: base.kind,
    conventions: base.conventions,
    data: base.data,
    seed: base.seed,
    failures: [],
    version: base.version,
    madeAt: base.madeAt,
    task: "comparison",
    of: "tagging",
    rows: [
      row(b),
      row(a),
      row(c),
      {
        id: "labels at random",
        kind: "baseline",
        from: null,
        measures: [{ ...a.measures[0]!, value: 0.502, interval: [0.48, 0.52] }],
        seenLabels: [],
      },
      {
        id: "MuLan (Huang et al. 2022)",
        kind: "quoted",
        from: "arXiv 2208.12415",
        measures: measures(0.782, null),
        seenLabels: [],
      },
      {
        id: "LAION-CLAP",
        kind: "quoted",
        from: "MuQ, table 4",
        measures: measures(0.739, 0.25),
        seenLabels: [],
      },
    ],
    differences: [
      ...[...a.measures.keys()].flatMap((k) => [
        difference(a, b, k, 0.012),
        difference(a, c, k, 0.009),
        difference(c, b, k, 0.012),
      ]),
    ],
    reports: [b, a, c],
  };
}

/** One of each task. */
export function everyReport(): Report[] {
  return [taggingReport(), probeReport(), retrievalReport(), tripletsReport(), comparisonReport()];
}

export { probeReport, retrievalReport, taggingReport } from "./scoreReports.testkit.ts";
