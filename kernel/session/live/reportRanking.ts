import { z } from "zod";
import type { Report, ReportItem } from "../../mulan/evaluation/report.ts";
import { maxRankingRows } from "../../mulan/figures/contractLive.ts";
import { makeItems } from "../../mulan/figures/items/items.ts";
import { rankScores } from "../../mulan/figures/report/rankScores.ts";
import { round4 } from "../../mulan/figures/report/round.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { Handler } from "./handler.ts";
import { reportId } from "./params.ts";
import { shownClips } from "./shownClips.ts";
import { shownReports } from "./shownReports.ts";

const place = z.int().nonnegative();

export const reportRanking: Handler<"reportRanking"> = {
  params: z.strictObject({
    report: reportId,
    of: z.union([z.strictObject({ label: place }), z.strictObject({ query: place })]),
    only: z.enum(["all", "relevant"]),
    from: place,
    count: z.int().positive().max(maxRankingRows),
  }),
  answer({ report: id, of, only, from, count }) {
    const report = shownReports.get(id);
    const ranking = rankOnce(report, JSON.stringify(of), () => columnOf(report, of));
    const { order, scores, isRelevant, items } = ranking;
    const places = [...order.keys()];
    const listed = only === "all" ? places : places.filter((at) => isRelevant(order[at]!));
    const page = listed.slice(from, from + count);
    const shown = page.map((at) => order[at]!);
    return {
      n: listed.length,
      from,
      clips: makeItems(
        shown.map((item) => items[item]!.label),
        "audio",
        shown.map((item) => items[item]!.source),
        shownClips.idOf,
      ),
      places: page.map((at) => at + 1),
      scores: shown.map((item) => round4(scores[item]!)),
      relevant: shown.map((item) => (isRelevant(item) ? 1 : 0)),
    };
  },
};

interface Column {
  readonly items: readonly ReportItem[];
  readonly scores: Float32Array;
  isRelevant(item: number): boolean;
}

interface Ranking extends Column {
  readonly order: Uint32Array;
}

type Of = { readonly label: number } | { readonly query: number };

/** The scores of one label or query with all items. @throws MulanError `live.no-ranking` */
function columnOf(report: Report, of: Of): Column {
  if ("label" in of && (report.task === "tagging" || report.task === "probe")) {
    const { items, labels, scores, truth } = report;
    if (of.label < labels.length) {
      const at = (item: number): number => item * labels.length + of.label;
      return {
        items,
        scores: Float32Array.from(items, (_, item) => scores[at(item)]!),
        isRelevant: (item) => truth[at(item)] === 1,
      };
    }
  }
  if ("query" in of && report.task === "retrieval") {
    const { items, queries, scores } = report;
    const query = queries[of.query];
    if (query) {
      const relevant = new Set(query.relevant);
      return {
        items,
        scores: scores.subarray(of.query * items.length, (of.query + 1) * items.length),
        isRelevant: (item) => relevant.has(item),
      };
    }
  }
  throw new MulanError("live.no-ranking", "this report has no such ranking");
}

/** The ranking that was asked for last: its next page needs no sorting. */
let last: { readonly report: Report; readonly of: string; readonly ranking: Ranking } | undefined;

function rankOnce(report: Report, of: string, column: () => Column): Ranking {
  if (last?.report === report && last.of === of) return last.ranking;
  const found = column();
  const ranking = { ...found, order: rankScores(found.scores) };
  last = { report, of, ranking };
  return ranking;
}
