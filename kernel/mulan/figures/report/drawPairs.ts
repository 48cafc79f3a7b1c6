import type { Difference, MeasureData } from "../contractReport.ts";
import { text, tickSize } from "../scene/scene.ts";
import { drawDifferences, type NamedDifference, nameShare } from "./drawDifferences.ts";
import { joinPanels, type Panel, type Pen, type Room } from "./pen.ts";

/** Two panels of whiskers and values beside each other. */
const besideFrom = 720;
const columnGap = 32;
const panelGap = 12;
const headingHeight = 22;

export interface PairsOptions {
  /** The second of all pairs: rows then name only the first. */
  readonly own?: string;
  /** Pairs a measure; of more the rest is counted. */
  readonly most: number;
}

/**
 * Paired differences of as many measures as are given: a single pair as one list of measures, several pairs as a panel a
 * measure, because one model's gain in ROC-AUC and another's in ranks have no common scale.
 * @param measures in their order; those without a difference are passed over
 */
export function drawPairs(
  pen: Pen,
  differences: readonly Difference[],
  measures: readonly Pick<MeasureData, "name" | "label">[],
  room: Room,
  { own, most }: PairsOptions,
): Panel {
  const found = measures.flatMap(({ name, label }) => {
    const all = differences.filter(({ measure }) => measure === name);
    return all.length > 0 ? [{ name, label: labelled(name, label), all }] : [];
  });
  const [first] = found;
  if (!first) return { marks: [], hits: [], height: 0 };
  const nPairs = Math.max(...found.map(({ all }) => all.length));
  const { left, top, width } = room;
  const only = nPairs === 1 ? first.all[0]! : undefined;
  if (only) {
    const heading = `${only.b} minus ${only.a}, paired, same items`;
    const rows = found.map(({ label, all }) => ({ name: label, of: all[0]! }));
    // Shares have one scale, places in a ranking another.
    const isRank = ({ of }: NamedDifference) => of.measure === "medianRank";
    const shares = drawDifferences(
      pen,
      heading,
      rows.filter((row) => !isRank(row)),
      room,
    );
    const below = top + (shares.height > 0 ? shares.height + panelGap : 0);
    const title = shares.height > 0 ? "in places of the ranking" : heading;
    const ranks = drawDifferences(pen, title, rows.filter(isRank), { ...room, top: below });
    return joinPanels(top, [
      { ...shares, top },
      { ...ranks, top: below },
    ]);
  }
  const about = own === undefined ? "paired differences" : `${own} minus the others`;
  const cut = nPairs > most ? `, ${most} of ${nPairs} pairs` : "";
  const heading = pen.fit(`${about}, same items${cut}`, width, tickSize);
  const style = { size: tickSize, color: pen.ink.text } as const;
  const title = { marks: [text(left, top + 12, heading, style)], hits: [], height: headingHeight };
  const half = (width - columnGap) / 2;
  const widest = Math.max(...found.flatMap(({ all }) => all.map((of) => nameWidth(pen, of, own))));
  const nColumns = width >= besideFrom && found.length > 1 && widest <= nameShare * half ? 2 : 1;
  const each = (width - (nColumns - 1) * columnGap) / nColumns;
  const placed: (Panel & { top: number })[] = [{ ...title, top }];
  let y = top + headingHeight;
  for (let i = 0; i < found.length; i += nColumns) {
    const line = found.slice(i, i + nColumns).map(({ label, all }, column) => {
      const rows = all.slice(0, most).map((of) => ({
        name: pairName(pen, of, own, nameShare * each),
        of,
      }));
      const at = { left: left + column * (each + columnGap), top: y, width: each };
      return { ...drawDifferences(pen, label, rows, at), top: y };
    });
    placed.push(...line);
    y += Math.max(...line.map(({ height }) => height)) + panelGap;
  }
  return joinPanels(top, placed);
}

/** Both names to be told apart, each cut for itself. */
function pairName(pen: Pen, { a, b }: Difference, own: string | undefined, room: number): string {
  const whole = own === undefined ? `${b} − ${a}` : `− ${a}`;
  if (own !== undefined || pen.measure(whole, 13) <= room) return whole;
  const each = (room - pen.measure(" − ", 13)) / 2 - 1;
  return `${pen.fit(b, each, 13)} − ${pen.fit(a, each, 13)}`;
}

function nameWidth(pen: Pen, of: Difference, own: string | undefined): number {
  return pen.measure(pairName(pen, of, own, Number.POSITIVE_INFINITY), 13);
}

function labelled(name: string, label: string): string {
  return name === "medianRank" ? `${label} (lower is better)` : label;
}
