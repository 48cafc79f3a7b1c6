import { isClipSource } from "../../embedding/source.ts";
import type { TripletsReport } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import { encodeInt8 } from "../contract.ts";
import type { JudgedTriplet, TripletsReportFigure } from "../contractReport.ts";
import { makeItems } from "../items/items.ts";
import { baseOf, measureData, shortText } from "./base.ts";
import { describeReport } from "./describe.ts";
import { round4 } from "./round.ts";

const worst = 120;
const best = 30;
/** A description of the ontology has up to 400 characters. */
const memberCells = 150;
const maxMargins = 640;

export function tripletsReportFigure(
  report: TripletsReport,
  context: FigureContext,
): TripletsReportFigure {
  const { rows, sources, baselines } = report;
  const order = rows.map((_, i) => i).sort((a, b) => rows[a]!.margin - rows[b]!.margin || a - b);
  const shown =
    order.length > worst + best ? [...order.slice(0, worst), ...order.slice(-best)] : order;
  type Heard = { place: number; label: string; source: TripletsReport["sources"][number][0] };
  const heard = new Map<string, Heard>();
  const judged = shown.map((i): JudgedTriplet => {
    const row = rows[i]!;
    const members = [row.anchor, row.positive, row.negative] as const;
    const place = (k: 0 | 1 | 2): number | null => {
      const source = sources[i]?.[k];
      if (!isClipSource(source)) return null;
      const key = JSON.stringify([
        source.path ?? source.label,
        source.startSec,
        source.durationSec,
      ]);
      const known = heard.get(key) ?? { place: heard.size, label: members[k], source };
      heard.set(key, known);
      return known.place;
    };
    const [anchor, positive, negative] = members.map((text) => shortText(text, memberCells));
    return {
      anchor: anchor!,
      positive: positive!,
      negative: negative!,
      cosinePositive: round4(row.cosinePositive),
      cosineNegative: round4(row.cosineNegative),
      margin: round4(row.margin),
      clips: [place(0), place(1), place(2)],
    };
  });
  const named = [...heard.values()];
  const margins = Array.from({ length: Math.min(maxMargins, order.length) }, (_, i) => {
    const at = Math.floor(((i + 0.5) * order.length) / Math.min(maxMargins, order.length));
    return rows[order[at]!]!.margin;
  });
  const marginLimit = margins.reduce((most, margin) => Math.max(most, Math.abs(margin)), 0.01);
  const body = {
    ...baseOf(report, context),
    task: "triplets" as const,
    n: rows.length,
    nRight: rows.filter(({ correct }) => correct).length,
    rows: judged,
    clips: makeItems(
      named.map(({ label }) => shortText(label, memberCells)),
      "audio",
      named.map(({ source }) => source),
      context.clipId,
    ),
    baselines: baselines.map(({ id, accuracy }) => ({
      id: shortText(id, 80),
      accuracy: measureData(accuracy),
    })),
    margins: encodeInt8(margins, marginLimit),
    marginLimit,
  };
  return { ...body, ...describeReport(body) };
}
