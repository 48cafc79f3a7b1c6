import type { RankingPage } from "../../kernel/mulan/figures/contractLive.ts";
import type { ReportView, Sort } from "./views/view.ts";

/** A page of a ranking that the engine was asked for. */
export interface OpenRanking {
  readonly only: "all" | "relevant";
  readonly page: RankingPage;
}

/** A report as it is looked at now. */
export interface State {
  readonly sort: string;
  readonly reversed: boolean;
  readonly filter: string;
  /** Rows that the filter leaves, in the order of the list. */
  readonly order: readonly number[];
  /** Place in `order`; −1 where the filter leaves nothing. */
  readonly cursor: number;
  /** Where the arrow keys move. */
  readonly side: "list" | "detail";
  /** Which clip of the details. */
  readonly item: number;
  readonly ranking: OpenRanking | null;
  /** Of the view's choice; "" where there is none. */
  readonly chosen: string;
}

export function initialState(view: ReportView): State {
  const start: State = {
    sort: view.sorts[0]?.id ?? "",
    reversed: false,
    filter: "",
    order: [],
    cursor: 0,
    side: "list",
    item: 0,
    ranking: null,
    chosen: view.choice?.initial ?? "",
  };
  return arranged(view, start, {});
}

/** Sorted and filtered anew; the row under the cursor stays under it where it is still there. */
export function arranged(
  view: ReportView,
  state: State,
  change: Partial<Pick<State, "sort" | "reversed" | "filter">>,
): State {
  const next = { ...state, ...change };
  const row = state.order[state.cursor];
  const wanted = next.filter.trim().toLocaleLowerCase();
  const sort = view.sorts.find(({ id }) => id === next.sort);
  const order = view.names
    .map((_, i) => i)
    .filter((i) => wanted === "" || view.names[i]!.toLocaleLowerCase().includes(wanted));
  if (sort) order.sort((a, b) => compare(sort, next.reversed, a, b));
  const at = row === undefined ? -1 : order.indexOf(row);
  const cursor = order.length === 0 ? -1 : Math.max(0, at);
  const stays = at >= 0;
  return {
    ...next,
    order,
    cursor,
    ...(!stays && { item: 0, ranking: null, side: "list" as const }),
  };
}

/** The cursor on another row, whose details begin anew. */
export function movedTo(state: State, cursor: number): State {
  const inside = Math.max(0, Math.min(state.order.length - 1, cursor));
  if (inside === state.cursor) return { ...state, side: "list" };
  return { ...state, cursor: inside, side: "list", item: 0, ranking: null };
}

function compare(sort: Sort, reversed: boolean, a: number, b: number): number {
  const [x, y] = [sort.value(a), sort.value(b)];
  if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b;
  const rising =
    typeof x === "string" || typeof y === "string" ? String(x).localeCompare(String(y)) : x - y;
  return (sort.descending !== reversed ? -rising : rising) || a - b;
}
