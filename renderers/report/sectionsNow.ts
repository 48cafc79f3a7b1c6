import { countOf, formatCount } from "../../kernel/mulan/figures/contractLook.ts";
import type { State } from "./state.ts";
import type { ClipSection, ListedClip, ReportView } from "./views/view.ts";

/** The clips beside the list: those that the figure names, or the open page of the whole ranking. */
export function sectionsNow(view: ReportView, state: State): readonly ClipSection[] {
  const row = state.order[state.cursor];
  if (row === undefined) return [];
  if (!state.ranking) return view.sections(row);
  const { page, only } = state.ranking;
  const { clips, places, scores, relevant, from, n } = page;
  const last = from + places.length;
  const which = only === "all" ? countOf(n, "clip") : `${formatCount(n)} relevant`;
  return [
    {
      title: `Ranking for “${view.names[row]}”, ${formatCount(from + 1)}–${formatCount(last)} of ${which}`,
      clips: places.map((place, i) => ({
        clip: clips.clips?.[i] ?? null,
        label: clips.labels[i] ?? "",
        place,
        score: scores[i] ?? null,
        mark: relevant[i] ? ("right" as const) : null,
        note: "",
      })),
      empty: "no clip",
    },
  ];
}

export function clipsNow(view: ReportView, state: State): readonly ListedClip[] {
  return sectionsNow(view, state).flatMap(({ clips }) => clips);
}
