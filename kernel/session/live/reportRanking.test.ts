import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Report } from "../../mulan/evaluation/report.ts";
import type { AudioPiece, RankingPage } from "../../mulan/figures/contractLive.ts";
import type { TaggingFigure } from "../../mulan/figures/contractReport.ts";
import { reportFigure } from "../../mulan/figures/report/figure.ts";
import {
  retrievalReport,
  taggingReport,
  tripletsReport,
} from "../../mulan/figures/report/report.testkit.ts";
import { answerFigure } from "./figureRequests.ts";
import { shownClips } from "./shownClips.ts";
import { ShownReports, shownReports } from "./shownReports.ts";

const context = { clipId: shownClips.idOf, reportId: shownReports.idOf };

function ask(params: Record<string, unknown>): Promise<RankingPage> {
  return answerFigure("reportRanking", params) as Promise<RankingPage>;
}

test("pages of a label's ranking add up to all clips, best first, each with its truth", async () => {
  const report = taggingReport({ nItems: 130 });
  const figure = reportFigure(report, context) as TaggingFigure;
  const scores: number[] = [];
  const relevant: number[] = [];
  for (let from = 0; from < 130; from += 50) {
    const base = { report: figure.report, of: { label: 3 }, only: "all", from, count: 50 };
    const page = await ask(base);
    expect(page.n).toBe(130);
    expect(page.places[0]).toBe(from + 1);
    scores.push(...page.scores);
    relevant.push(...page.relevant);
  }
  expect(scores).toHaveLength(130);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(relevant.filter((one) => one === 1)).toHaveLength(report.labels[3]!.nPositive);
  const right = { report: figure.report, of: { label: 3 }, only: "relevant", from: 0, count: 100 };
  const page = await ask(right);
  expect(page.n).toBe(report.labels[3]!.nPositive);
  expect(page.places).toEqual([...relevant.keys()].filter((i) => relevant[i]).map((i) => i + 1));
});

test("a query's ranking begins where its rank says", async () => {
  const report = retrievalReport({ nItems: 90, nQueries: 4 });
  const id = shownReports.idOf(report);
  const page = await ask({ report: id, of: { query: 2 }, only: "relevant", from: 0, count: 5 });
  expect(page.places[0]).toBe(report.queries[2]!.rank);
});

test("clips of a report are opened when somebody wants to hear them", async () => {
  const path = fileURLToPath(new URL("../../../samples/audio/", import.meta.url));
  const { readAudio } = await import("../../mulan/audio/readAudio.ts");
  const [file] = await readAudio(path);
  const source = { label: "a part", path: file!.path!, startSec: 1, durationSec: 2 };
  const figure = reportFigure(taggingReport({ nItems: 4, sources: [source] }), context);
  const [clip] = (figure as TaggingFigure).clips.clips!;
  const known = { clips: [clip], model: null, report: figure.report };
  expect(await answerFigure("known", known)).toEqual({ clips: true, model: false, report: true });
  const piece = (await answerFigure("audio", {
    clip,
    startSec: 0,
    durationSec: 20,
  })) as AudioPiece;
  expect(piece.durationSec).toBeCloseTo(2, 1);
});

test("what this engine has not shown is refused, and so is a ranking that is none", async () => {
  const stranger = { report: "report-0", of: { label: 0 }, only: "all", from: 0, count: 5 };
  await expect(ask(stranger)).rejects.toThrow("Run the cell again");
  const report = shownReports.idOf(tripletsReport());
  await expect(ask({ ...stranger, report })).rejects.toThrow("no such ranking");
  const tagging = shownReports.idOf(taggingReport({ nItems: 5 }));
  await expect(ask({ ...stranger, report: tagging, of: { label: 50 } })).rejects.toThrow(
    "no such ranking",
  );
  await expect(ask({ ...stranger, report: tagging, count: 101 })).rejects.toThrow("not as the");
  expect(await answerFigure("known", { clips: [], model: null, report: "x" })).toMatchObject({
    report: false,
  });
});

test("old reports are forgotten by number and by size, the latest never", () => {
  const shown = new ShownReports();
  const small = Array.from({ length: 60 }, () => taggingReport({ nItems: 1, labels: ["a"] }));
  const ids = small.map(shown.idOf);
  expect(ids.filter((id) => shown.has(id))).toHaveLength(50);
  expect(shown.idOf(small[59]!)).toBe(ids[59]);
  const huge = (): Report => ({ ...small[0]!, scores: new Float32Array(60 * 2 ** 20) }) as Report;
  const first = shown.idOf(huge());
  const second = shown.idOf(huge());
  expect([shown.has(first), shown.has(second), shown.has(ids[59]!)]).toEqual([false, true, false]);
});
