import type { QueryMeasures, RetrievalReport } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { QueryRow, RetrievalFigure } from "../contractReport.ts";
import { cleanText } from "../text/cleanText.ts";
import { baseOf, shortText } from "./base.ts";
import { ClipTable } from "./clipTable.ts";
import { describeReport } from "./describe.ts";
import { rankScores } from "./rankScores.ts";
import { chanceOfHit, rankBins, recallSteps } from "./recall.ts";
import { round4, round4OrNull } from "./round.ts";

const maxQueries = 200;
const mostTop = 10;
const fewestTop = 3;
const maxRelevantRanks = 40;
/** Of the clips that rankings name. */
const clipBytes = 70_000;

export function retrievalFigure(report: RetrievalReport, context: FigureContext): RetrievalFigure {
  const { items, queries, scores } = report;
  const chosen = chooseQueries(queries);
  const orders = chosen.map((q) =>
    rankScores(scores.subarray(q * items.length, (q + 1) * items.length)),
  );
  const { table, tops } = fitTops(report, chosen, orders);
  const nRelevant = queries.map(({ relevant }) => relevant.length);
  const chance = chanceOfHit(nRelevant, items.length);
  const body = {
    ...baseOf(report, context),
    task: "retrieval" as const,
    nItems: items.length,
    nQueries: queries.length,
    queries: chosen.map((q, i) => queryRow(queries[q]!, q, orders[i]!, tops[i]!)),
    clips: table.toItems(context, clipBytes),
    recall: recallSteps(items.length).map((k) => ({
      k,
      share: round4(queries.filter(({ rank }) => rank <= k).length / Math.max(1, queries.length)),
      chance: round4(chance[k] ?? 1),
    })),
    ranks: rankBins(queries.map(({ rank }) => rank)),
  };
  return { ...body, ...describeReport(body) };
}

/** All; of very many the 80 worst, the 40 best and 80 evenly between, in their own order. */
function chooseQueries(queries: readonly QueryMeasures[]): number[] {
  const all = queries.map((_, q) => q);
  if (all.length <= maxQueries) return all;
  const byRank = all.sort((a, b) => queries[a]!.rank - queries[b]!.rank || a - b);
  const best = byRank.slice(0, 40);
  const worst = byRank.slice(-80);
  const between = byRank.slice(40, -80);
  const spread = Array.from({ length: Math.min(80, between.length) }, (_, i) => {
    return between[Math.floor(((i + 0.5) * between.length) / 80)]!;
  });
  return [...new Set([...best, ...spread, ...worst])].sort((a, b) => a - b);
}

/** The longest rankings that there is room for; in the end only the first queries keep theirs. */
function fitTops(
  report: RetrievalReport,
  chosen: readonly number[],
  orders: readonly Uint32Array[],
) {
  const { items, queries, scores } = report;
  let table = new ClipTable(items);
  let tops: QueryRow["top"][] = [];
  for (let nTop = mostTop; nTop >= fewestTop; nTop--) {
    table = new ClipTable(items);
    tops = chosen.map((q, i) => {
      if (nTop === fewestTop && table.cost > clipBytes) return [];
      const relevant = new Set(queries[q]!.relevant);
      return Array.from(orders[i]!.subarray(0, nTop), (item) => [
        table.placeOf(item),
        round4(scores[q * items.length + item]!),
        relevant.has(item) ? 1 : 0,
      ]);
    });
    if (table.cost <= clipBytes) break;
  }
  return { table, tops };
}

function queryRow(
  query: QueryMeasures,
  index: number,
  order: Uint32Array,
  top: QueryRow["top"],
): QueryRow {
  const relevant = new Set(query.relevant);
  const relevantRanks: number[] = [];
  for (let i = 0; i < order.length && relevantRanks.length < maxRelevantRanks; i++) {
    if (relevant.has(order[i]!)) relevantRanks.push(i + 1);
  }
  return {
    query: shortText(query.query, 160) || `(${index + 1})`,
    index,
    from: cleanText(query.from),
    nRelevant: query.relevant.length,
    rank: query.rank,
    rocAuc: round4OrNull(query.rocAuc),
    averagePrecision: round4(query.averagePrecision),
    relevantRanks,
    top,
  };
}
