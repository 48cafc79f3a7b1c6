import type { Difference, MeasureData } from "../contractReport.ts";
import { type Mark, text, tickSize } from "../scene/scene.ts";
import {
  drawDifferenceColumn,
  drawDifferences,
  drawNames,
  type NamedDifference,
} from "./drawDifferences.ts";
import { joinPanels, type Panel, type Pen, type Room } from "./pen.ts";

const panelGap = 12;
const headingHeight = 22;
const columnGap = 24;
const narrowest = 170;
const mostColumns = 3;
/** Of a table's width, at most. */
const nameShare = 0.36;

export interface PairsOptions {
  /** The second of all pairs: rows then name only the first. */
  readonly own?: string;
  /** Pairs a measure; of more the rest is counted. */
  readonly most: number;
}

type Pair = Pick<Difference, "a" | "b">;

/** One measure's differences, in the order of the pairs; undefined where a pair has none. */
interface Column {
  readonly label: string;
  readonly rows: readonly (Difference | undefined)[];
}

/**
 * Paired differences of as many measures as are given: a single pair as a list of measures, several pairs as a table with
 * a column a measure, each on a scale of its own.
 * @param measures in their order; those without a difference are passed over
 */
export function drawPairs(
  pen: Pen,
  differences: readonly Difference[],
  measures: readonly Pick<MeasureData, "name" | "label">[],
  room: Room,
  { own, most }: PairsOptions,
): Panel {
  const names = new Set<string>(measures.map(({ name }) => name));
  const asked = differences.filter(({ measure }) => names.has(measure));
  const all: readonly Pair[] = [
    ...new Map(asked.map((each) => [JSON.stringify([each.a, each.b]), each])).values(),
  ];
  const pairs = all.slice(0, most);
  const columns = measures.flatMap(({ name, label }): Column[] => {
    const own = asked.filter(({ measure }) => measure === name);
    const rows = pairs.map(({ a, b }) => own.find((each) => each.a === a && each.b === b));
    const lower = name === "medianRank" ? " (lower is better)" : "";
    return own.length > 0 ? [{ label: `${label}${lower}`, rows }] : [];
  });
  if (columns.length === 0) return { marks: [], hits: [], height: 0 };
  if (all.length === 1) return drawOnePair(pen, columns, room);
  const about = own === undefined ? "paired differences" : `${own} minus the others`;
  const cut = all.length > most ? `, ${most} of ${all.length} pairs` : "";
  const heading = `${about}, same items${cut}`;
  const title = titleMark(pen, room.left, room.top, heading, room.width);
  const below = { ...room, top: room.top + headingHeight };
  const nameOf = (pair: Pair) => pairName(pen, pair, own, room.width * nameShare);
  const [only, second] = columns;
  const body =
    only && !second
      ? drawDifferences(pen, only.label, named(only, pairs.map(nameOf)), below)
      : drawTables(pen, columns, pairs.map(nameOf), below);
  return joinPanels(room.top, [
    { marks: [title], hits: [], height: headingHeight, top: room.top },
    { ...body, top: below.top },
  ]);
}

function named({ rows }: Column, names: readonly string[]): NamedDifference[] {
  return rows.flatMap((of, i) => (of ? [{ name: names[i]!, of }] : []));
}

/** Shares have one scale, places in a ranking another. */
function drawOnePair(pen: Pen, columns: readonly Column[], room: Room): Panel {
  const rows = columns.flatMap(({ label, rows: [of] }) => (of ? [{ name: label, of }] : []));
  const { a, b } = rows[0]!.of;
  const heading = `${b} minus ${a}, paired, same items`;
  const isRank = ({ of }: NamedDifference) => of.measure === "medianRank";
  const shares = drawDifferences(
    pen,
    heading,
    rows.filter((row) => !isRank(row)),
    room,
  );
  const below = room.top + (shares.height > 0 ? shares.height + panelGap : 0);
  const title = shares.height > 0 ? "in places of the ranking" : heading;
  const ranks = drawDifferences(pen, title, rows.filter(isRank), { ...room, top: below });
  return joinPanels(room.top, [
    { ...shares, top: room.top },
    { ...ranks, top: below },
  ]);
}

/** As many columns beside each other as there is room for, the rest in tables below. */
function drawTables(
  pen: Pen,
  columns: readonly Column[],
  pairNames: readonly string[],
  { left, top, width }: Room,
): Panel {
  const names = pairNames.map((name) => ({ name }));
  const widest = Math.max(...pairNames.map((name) => pen.measure(name, 13)));
  const nameRoom = Math.ceil(Math.min(width * nameShare, widest + 1));
  const forColumns = width - nameRoom;
  const fitting = Math.floor(forColumns / narrowest);
  const nBeside = Math.max(1, Math.min(columns.length, mostColumns, fitting));
  const nTables = Math.ceil(columns.length / nBeside);
  const marks: Mark[] = [];
  let y = top;
  for (let rest = columns, table = 0; rest.length > 0; table++) {
    // Four measures in two tables of two, not of three and one.
    const n = Math.ceil(rest.length / (nTables - table));
    const each = forColumns / n - columnGap;
    marks.push(...drawNames(pen, names, { left, top: y, width: nameRoom }));
    let height = 0;
    for (const [i, { label, rows }] of rest.slice(0, n).entries()) {
      const at = left + nameRoom + columnGap + i * (each + columnGap);
      const column = drawDifferenceColumn(pen, rows, { left: at, top: y, width: each }, false);
      marks.push(titleMark(pen, at, y, label, each), ...column.marks);
      height = Math.max(height, column.height);
    }
    rest = rest.slice(n);
    y += height + (rest.length > 0 ? panelGap : 0);
  }
  return { marks, hits: [], height: y - top };
}

function titleMark(pen: Pen, left: number, top: number, title: string, width: number): Mark {
  const style = { size: tickSize, color: pen.ink.text } as const;
  return text(left, top + 12, pen.fit(title, width, tickSize), style);
}

/** Both names to be told apart, each cut for itself. */
function pairName(pen: Pen, { a, b }: Pair, own: string | undefined, room: number): string {
  const whole = own === undefined ? `${b} − ${a}` : `− ${a}`;
  if (own !== undefined || pen.measure(whole, 13) <= room) return whole;
  const each = (room - pen.measure(" − ", 13)) / 2 - 1;
  return `${pen.fit(b, each, 13)} − ${pen.fit(a, each, 13)}`;
}
