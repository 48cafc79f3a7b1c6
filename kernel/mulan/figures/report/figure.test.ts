import { describe, expect, test } from "vitest";
import { bundleOf, plainText, sceneOf } from "../bundle.ts";
import type {
  ComparisonFigure,
  RetrievalFigure,
  TaggingFigure,
  TripletsReportFigure,
} from "../contractReport.ts";
import { layoutFaults } from "../scene/bounds.ts";
import { toBundle, toFigure } from "../toBundle.ts";
import { reportFigure } from "./figure.ts";
import {
  comparisonReport,
  everyReport,
  probeReport,
  retrievalReport,
  taggingReport,
  tripletsReport,
} from "./report.testkit.ts";

const manyLabels = Array.from({ length: 188 }, (_, i) => `a longer tag, number ${i}`);
const longName = (i: number) => `${"月光ソナタ第一楽章 ".repeat(8)}${i}`;

describe("every task", () => {
  test.each(everyReport().map((report) => [report.task, report] as const))(
    "%s has a picture without collisions, and text that tells the result",
    async (task, report) => {
      const bundle = (await toBundle(report))!;
      const figure = reportFigure(report, {});
      expect(bundle["application/vnd.mulan.report.v1+json"]).toEqual(figure);
      expect(layoutFaults(sceneOf(figure))).toEqual([]);
      const text = bundle["text/plain"];
      const [first] = "measures" in report ? report.measures : report.rows[0]!.measures;
      expect(text).toContain(first!.value.toFixed(3));
      expect(text).toContain(report.data.name);
      if (task !== "comparison") expect(text).toContain("chance");
      expect(text.split("\n").every((line) => line.length < 600)).toBe(true);
    },
  );

  test("a class around a report is drawn like the report", async () => {
    const wrapped = Object.assign(Object.create({ save() {} }), taggingReport({ nItems: 20 }));
    expect(await toFigure(wrapped)).toMatchObject({ family: "report", task: "tagging" });
  });
});

describe("sizes", () => {
  test("20,000 clips × 188 labels make a bundle below 300 KB", async () => {
    const report = taggingReport({
      nItems: 20_000,
      labels: manyLabels,
      itemLabel: (i) => `american_bach_soloists-js_bach__cantatas_volume_v-08-gleichwie_${i}-30-59`,
    });
    const figure = reportFigure(report, {}) as TaggingFigure;
    const bundle = await bundleOf(figure);
    expect(Buffer.byteLength(JSON.stringify(bundle))).toBeLessThan(300_000);
    expect(layoutFaults(sceneOf(figure))).toEqual([]);
    expect(figure.labels).toHaveLength(188);
    for (const { falsePositives, misses } of figure.labels) {
      expect(falsePositives.length).toBeGreaterThanOrEqual(2);
      expect(misses.length).toBeGreaterThanOrEqual(2);
    }
  });

  test("names of clips as long as can be do not break the bound", async () => {
    const report = taggingReport({ nItems: 2000, labels: manyLabels, itemLabel: longName });
    const bundle = await bundleOf(reportFigure(report, {}));
    expect(Buffer.byteLength(JSON.stringify(bundle))).toBeLessThan(300_000);
  });

  test("5,000 queries and 5,000 triplets are cut to the telling ones, measures are not", async () => {
    const retrieval = reportFigure(
      retrievalReport({ nQueries: 5000, nItems: 400, itemLabel: longName }),
      {},
    ) as RetrievalFigure;
    expect(retrieval.queries.length).toBeLessThanOrEqual(200);
    expect(retrieval.nQueries).toBe(5000);
    expect(retrieval.ranks.reduce((sum, { n }) => sum + n, 0)).toBe(5000);
    expect(Buffer.byteLength(JSON.stringify(await bundleOf(retrieval)))).toBeLessThan(300_000);
    const triplets = reportFigure(tripletsReport({ n: 5000 }), {}) as TripletsReportFigure;
    expect(triplets.rows).toHaveLength(150);
    expect(triplets.n).toBe(5000);
    expect(Buffer.byteLength(JSON.stringify(await bundleOf(triplets)))).toBeLessThan(300_000);
  });
});

describe("a tagging report", () => {
  const report = taggingReport();
  const figure = reportFigure(report, { reportId: () => "report-1" }) as TaggingFigure;

  test("names the worst mistakes of a label as they stand in the scores", () => {
    const at = (item: number, label: number) => report.scores[item * report.labels.length + label]!;
    const has = (item: number, label: number) => report.truth[item * report.labels.length + label];
    figure.labels.forEach((row, j) => {
      const negatives = report.items.map((_, i) => i).filter((i) => !has(i, j));
      const highest = Math.max(...negatives.map((i) => at(i, j)));
      const [clip, score] = row.falsePositives[0]!;
      expect(score).toBeCloseTo(highest, 3);
      const item = report.items.findIndex(({ label }) => label === figure.clips.labels[clip]);
      expect(item).toBeGreaterThanOrEqual(0);
      const positives = report.items.map((_, i) => i).filter((i) => has(i, j));
      expect(row.misses[0]![1]).toBeCloseTo(Math.min(...positives.map((i) => at(i, j))), 3);
    });
  });

  test("carries an id for the engine, ids for clips, and no path of the machine", () => {
    expect(figure.report).toBe("report-1");
    expect(figure.clips.clips!.every((id) => id?.startsWith("clip-"))).toBe(true);
    const text = JSON.stringify(figure);
    expect(text).not.toContain("/music/");
    expect(text).not.toContain("/home/me");
    expect(figure.provenance.failures).toEqual(["broken file.mp3: this is no audio file"]);
  });

  test("marks labels that training saw, and says so", () => {
    const seen = report.labels.filter((row) => row.seen).length;
    expect(seen).toBeGreaterThan(0);
    expect(figure.labels.filter((row) => row.seen)).toHaveLength(seen);
    expect(figure.reading).toContain(`${seen} labels seen in training: not zero-shot on them`);
  });

  test("leaves labels without positives out of the curves and says how many", () => {
    const rare = { ...report.labels[0]!, nPositive: 0, rocAuc: null, averagePrecision: null };
    const truth = report.truth.map((value, k) => (k % report.labels.length === 0 ? 0 : value));
    const cut = reportFigure(
      { ...report, truth, labels: [rare, ...report.labels.slice(1)], nLabelsLeftOut: 1 },
      {},
    ) as TaggingFigure;
    expect(cut.labels[0]).toMatchObject({ curve: "", rocAucInterval: null, misses: [] });
    expect(cut.reading).toContain("1 label left out (no positives or no negatives)");
    expect(layoutFaults(sceneOf(cut))).toEqual([]);
  });
});

test("a probe says which labels its training could not teach", () => {
  const report = probeReport();
  const [first, second, ...rest] = report.labels;
  const blank = { rocAuc: null, averagePrecision: null } as const;
  const labels = [{ ...first!, ...blank }, { ...second!, ...blank }, ...rest];
  const constantLabels = [first!.label];
  const figure = reportFigure({ ...report, labels, nLabelsLeftOut: 2, constantLabels }, {});
  expect(figure.reading).toContain(
    `1 label left out that all training items have, or none (${first!.label})`,
  );
  expect(figure.reading).toContain("1 label left out (no positives or no negatives)");
  expect(layoutFaults(sceneOf(figure))).toEqual([]);
});

test("of many pairs the text counts those that it does not list", () => {
  const report = comparisonReport();
  const pairs = Array.from({ length: 12 }, (_, i) => ({ a: `a${i}`, b: `b${i}` }));
  const differences = (["rocAuc", "averagePrecision"] as const).flatMap((measure) =>
    pairs.map((pair, i) => {
      const clear = i % 2 === 0 ? 0.01 : -0.01;
      return { ...pair, measure, difference: 0.02, interval: [clear, 0.05] as const };
    }),
  );
  const text = plainText(reportFigure({ ...report, differences }, {}));
  expect(text).toContain("b9 minus a9");
  expect(text).not.toContain("b10 minus a10");
  expect(text).toContain("… and 2 more pairs, 1 of them clear of 0");
  expect(text).toContain("paired on the same items: 6 of 12 pairs clear of 0");
  expect(text).toContain("… and 1 more");
});

test("a comparison tells measured, baseline and quoted rows apart in words and in shape", () => {
  const figure = reportFigure(comparisonReport(), {}) as ComparisonFigure;
  const text = plainText(figure);
  expect(text).toContain("LAION-CLAP (quoted)");
  expect(text).toContain("labels at random (baseline)");
  expect(text).toMatch(/minus mulan-mini@0\.1\.0: \+0\.\d{3} \(0\.\d{3} to 0\.\d{3}\), clear of 0/);
  const texts = sceneOf(figure).marks.filter((mark) => mark.kind === "text");
  expect(texts.filter(({ text: each }) => each === "quoted")).toHaveLength(2);
  const rings = sceneOf(figure).marks.filter((mark) => mark.kind === "circle" && mark.stroke);
  expect(rings.length).toBeGreaterThanOrEqual(2);
  expect(figure.perLabel?.models.map(({ id }) => id)).toHaveLength(3);
});

test("a comparison's picture and text tell the paired differences of every measure", () => {
  const report = comparisonReport();
  const figure = reportFigure(report, {}) as ComparisonFigure;
  const measures = report.rows[0]!.measures.map(({ label }) => label);
  const texts = sceneOf(figure).marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));
  const count = (wanted: string) => texts.filter((text) => text === wanted).length;
  // Once above its values, once above its differences.
  expect(measures.map(count)).toEqual([2, 2, 2, 2]);
  expect(texts).toContain("paired differences, same items");
  for (const label of measures) {
    expect(plainText(figure)).toContain(`${label}, paired on the same items:`);
  }
});

test("two models' differences stand in one list, ranks on a scale of their own where lower is better", () => {
  const [rocAuc, , recallAt1] = retrievalReport().measures;
  const medianRank = retrievalReport().measures.at(-1)!;
  const measures = [rocAuc!, recallAt1!, medianRank];
  const row = { kind: "measured", from: null, measures, seenLabels: [] } as const;
  const pair = { a: "old", b: "new" } as const;
  const figure = reportFigure(
    {
      ...comparisonReport(),
      of: "retrieval",
      reports: [],
      rows: [
        { id: "old", ...row },
        { id: "new", ...row },
      ],
      differences: [
        { ...pair, measure: "rocAuc", difference: 0.02, interval: [0.01, 0.03] },
        { ...pair, measure: "recallAt1", difference: -0.1, interval: [-0.2, 0.01] },
        { ...pair, measure: "medianRank", difference: -12, interval: [-20, -3] },
      ],
    },
    {},
  ) as ComparisonFigure;
  const scene = sceneOf(figure);
  const texts = scene.marks.filter((mark) => mark.kind === "text");
  const said = texts.map(({ text }) => text);
  expect(said).toContain("new minus old, paired, same items");
  expect(said).toContain("in places of the ranking");
  const dotBeside = (value: string) => {
    const { y } = texts.find(({ text }) => text === value)!;
    return scene.marks.find((mark) => mark.kind === "circle" && Math.abs(mark.y - y) < 6)!;
  };
  const dots = ["+0.020", "\u221212", "\u22120.100"].map(dotBeside);
  const [better, fewerPlaces, unclear] = dots.map((dot) => "fill" in dot && dot.fill);
  expect(fewerPlaces).toBe(better);
  expect(unclear).not.toBe(better);
  expect(layoutFaults(scene)).toEqual([]);
});

describe("from nothing to too much", () => {
  const cases = {
    "no items": () => taggingReport({ nItems: 0 }),
    "one label": () => taggingReport({ labels: ["piano"] }),
    "three labels of one item": () => taggingReport({ nItems: 1, labels: ["a", "b", "c"] }),
    "53 labels": () => taggingReport({ labels: manyLabels.slice(0, 53) }),
    "700 labels": () =>
      taggingReport({ nItems: 60, labels: Array.from({ length: 700 }, (_, i) => `label ${i}`) }),
    "a probe of one C": () => ({ ...probeReport(), triedC: [{ c: 1, rocAuc: 0.7 }], fewShot: [] }),
    "a probe of few shots alone": () => ({ ...probeReport(), triedC: [] }),
    "one query of one item": () => retrievalReport({ nQueries: 1, nItems: 1, nRelevant: 1 }),
    "no queries": () => retrievalReport({ nQueries: 0 }),
    "long queries": () => retrievalReport({ nQueries: 9, queryOf: (q) => longName(q) }),
    "one triplet": () => tripletsReport({ n: 1 }),
    "no triplets": () => tripletsReport({ n: 0 }),
    "a comparison of nothing": () => ({ ...comparisonReport(), rows: [], differences: [] }),
    "a comparison of 40 long names": () => {
      const { rows, ...rest } = comparisonReport();
      const many = Array.from({ length: 50 }, (_, i) => ({
        ...rows[i % rows.length]!,
        id: longName(i),
      }));
      return { ...rest, rows: many };
    },
  };
  test.each(Object.entries(cases))("%s is drawn without collisions", (_, make) => {
    const figure = reportFigure(make(), {});
    const scene = sceneOf(figure);
    expect(layoutFaults(scene)).toEqual([]);
    expect(scene.width).toBeLessThanOrEqual(1100);
    expect(scene.marks.length).toBeLessThan(6000);
    expect(plainText(figure).split("\n")[0]).toBe(figure.title);
  });
});
