import type { TripletRow } from "../../kernel/mulan/figures/contract.ts";
import { decimalsOf, formatFixed, niceTicks } from "../../kernel/mulan/figures/contractLook.ts";
import { type MeasureText, middleCut } from "../shared/look/middleCut.ts";
import { memberNames, type State } from "./state.ts";

/** A member's label in its row, px from the row's corner. */
export interface MemberPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

export interface RowPlace {
  readonly row: TripletRow;
  readonly y: number;
  readonly members: readonly MemberPlace[];
  readonly positive: number;
  readonly negative: number;
}

export interface TripletsLayout {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly pitch: number;
  /** Y of the dumbbell in its row. */
  readonly middle: number;
  readonly heads: readonly { readonly x: number; readonly text: string; readonly end?: boolean }[];
  readonly rows: readonly RowPlace[];
  readonly ticks: readonly { readonly x: number; readonly label: string; readonly zero: boolean }[];
  readonly plotLeft: number;
  readonly right: number;
  /** Members stand below each other: there is no room for columns. */
  readonly stacked: boolean;
}

export const labelSize = 13;
const signRoom = 24;
const columnGap = 16;
const marginRoom = 60;
/** Below this three columns of names are no longer names. */
const columnsFrom = 640;
const head = 20;
const foot = 20;

export function layoutTriplets(
  state: State,
  widthPx: number,
  measure: MeasureText,
): TripletsLayout {
  const shown = state.figure.rows.slice(0, state.nShown);
  const stacked = widthPx < columnsFrom;
  const pitch = stacked ? 64 : 24;
  const plotRoom = Math.round(stacked ? widthPx * 0.36 : Math.min(280, widthPx * 0.28));
  // The frame of the row that the keys are at stays clear of the number.
  const right = widthPx - 8;
  const plotLeft = right - marginRoom - plotRoom;
  const labelsRoom = plotLeft - 12 - signRoom;
  const columns = stacked ? [] : columnWidths(shown, labelsRoom, measure);
  const place = cosinePlace(shown, plotLeft, plotRoom);
  const members = (row: TripletRow): MemberPlace[] => {
    let x = signRoom;
    return memberNames.map((name, i) => {
      const width = columns[i] ?? labelsRoom - 16;
      const at = stacked ? { x: signRoom + (i === 0 ? 0 : 16), y: 16 + i * 18 } : { x, y: 16 };
      x += width + columnGap;
      const sign = row.clips?.[i] ? "♪ " : "";
      return { ...at, width, text: middleCut(sign + row[name], width, labelSize, measure) };
    });
  };
  let x = signRoom;
  const nameHeads = columns.map((width, i) => {
    const at = { x, text: memberNames[i]! };
    x += width + columnGap;
    return at;
  });
  return {
    width: widthPx,
    height: head + shown.length * pitch + foot,
    top: head,
    pitch,
    middle: stacked ? 30 : 12,
    heads: [
      ...(stacked ? [{ x: signRoom, text: "anchor, positive, negative" }] : nameHeads),
      { x: plotLeft, text: stacked ? "cosine" : "cosine with the anchor" },
      { x: right, text: "margin", end: true },
    ],
    rows: shown.map((row, i) => ({
      row,
      y: head + i * pitch,
      members: members(row),
      positive: place.at(row.cosinePositive),
      negative: place.at(row.cosineNegative),
    })),
    ticks: place.ticks,
    plotLeft,
    right,
    stacked,
  };
}

/** As wide as their longest label, shrunk alike where they do not fit. */
function columnWidths(rows: readonly TripletRow[], room: number, measure: MeasureText): number[] {
  const wanted = memberNames.map((name) => {
    let most = 56;
    for (const row of rows) most = Math.max(most, measure(`♪ ${row[name]}`, labelSize));
    return Math.ceil(most);
  });
  const free = room - 2 * columnGap;
  const fair = free / 3;
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= free) return wanted;
  // Short columns keep their width, the long ones share what is left.
  const kept = wanted.map((width) => Math.min(width, fair));
  const spare = free - kept.reduce((sum, width) => sum + width, 0);
  const long = wanted.filter((width) => width > fair).length;
  return wanted.map((width) => Math.floor(width > fair ? fair + spare / long : width));
}

function cosinePlace(rows: readonly TripletRow[], left: number, room: number) {
  const values = rows
    .flatMap((row) => [row.cosinePositive, row.cosineNegative])
    .filter(Number.isFinite);
  const low = Math.min(0, ...values);
  const high = Math.max(0.1, ...values);
  const pad = 0.04 * (high - low);
  const at = (value: number): number =>
    left + ((value - low + pad) / (high - low + 2 * pad)) * room;
  const marks = niceTicks(low, high, room > 200 ? 5 : 3);
  const step = marks.length > 1 ? marks[1]! - marks[0]! : 1;
  const digits = Math.min(2, Math.max(1, decimalsOf(step)));
  const ticks = marks.map((value) => ({
    x: at(value),
    label: formatFixed(value, digits),
    zero: value === 0,
  }));
  return { at, ticks };
}
