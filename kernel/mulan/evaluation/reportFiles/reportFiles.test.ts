import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SoundFolder } from "../dataset.testkit.ts";
import { letterModel } from "../letterModel.testkit.ts";
import type { TaggingReport } from "../report.ts";
import { evaluateTagging } from "../tagging/evaluateTagging.ts";
import { loadReport } from "./loadReport.ts";
import { saveReport } from "./saveReport.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-report-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function aReport(): Promise<TaggingReport> {
  await using sounds = await SoundFolder.of("piano", "drum");
  const dataset = sounds.tagged('piano: so-called "grand", piano', "drum: drum", "gone: drum");
  return await evaluateTagging(
    letterModel(),
    { ...dataset, labels: [...dataset.labels, "oboe"] },
    { cache: false },
  );
}

test("a report comes back from JSON as it was, scores, sources and failures included", async () => {
  const report = await aReport();
  const path = join(folder, "made/here/report.json");
  await saveReport(report, path);
  const back = (await loadReport(path)) as TaggingReport;
  expect(back.scores).toEqual(report.scores);
  expect(back.truth).toEqual(report.truth);
  expect(back.items).toEqual(report.items);
  expect(back.failures.map(({ source, error }) => [source, error.code, error.message])).toEqual(
    report.failures.map(({ source, error }) => [source, error.code, error.message]),
  );
  const rest = ({ failures, ...others }: TaggingReport) => others;
  expect(rest(back)).toEqual(rest(report));
  expect(String(back)).toBe(String(report));
});

test("the table of labels is CSV", async () => {
  const path = join(folder, "report.csv");
  await saveReport(await aReport(), path);
  expect((await readFile(path, "utf8")).split("\n")).toEqual([
    "label,nPositive,rocAuc,averagePrecision,seen",
    '"so-called ""grand""",1,1,1,false',
    "piano,1,1,1,false",
    "drum,1,1,1,false",
    "oboe,0,,,false",
    "",
  ]);
});

test("the same table is Parquet", async () => {
  const path = join(folder, "report.parquet");
  await saveReport(await aReport(), path);
  const file = new Uint8Array(await readFile(path)).buffer;
  const rows = await parquetReadObjects({ file });
  expect(rows[1]).toEqual({
    label: "piano",
    nPositive: 1,
    rocAuc: 1,
    averagePrecision: 1,
    seen: false,
  });
  expect(rows[3]).toMatchObject({ label: "oboe", rocAuc: null });
});

test.each([
  ["report.txt", /suffix.*\.json, \.csv, \.parquet, got \.txt/],
  ["report", /got none/],
])("a report is not saved as %s", async (name, message) => {
  await expect(saveReport(await aReport(), join(folder, name))).rejects.toThrow(message);
});

test.each([
  ["{", /is not JSON/],
  ["null", /is no report of this library/],
  ['{"kind":"report","format":"mulan-report/9"}', /mulan-report\/1.*got format "mulan-report\/9"/],
  [
    '{"kind":"report","format":"mulan-report/1","task":"tagging","items":[1],"labels":[1],"scores":[]}',
    /number of scores does not fit.*expected 1, got 0/,
  ],
])("%s is not loaded", async (text, message) => {
  const path = join(folder, "bad.json");
  await writeFile(path, text);
  await expect(loadReport(path)).rejects.toThrow(message);
});
