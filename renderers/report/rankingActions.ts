import { maxRankingRows } from "../../kernel/mulan/figures/contractLive.ts";
import type { ReportFigure } from "../../kernel/mulan/figures/contractReport.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import type { KernelLink } from "../shared/kernel/kernelLink.ts";
import type { Liveness } from "../shared/kernel/liveness.ts";
import { follow, type Signal } from "../shared/kernel/signal.ts";
import { button, toggle } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import type { OpenRanking, State } from "./state.ts";
import type { ReportView } from "./views/view.ts";

const pageRows = Math.min(20, maxRankingRows);

/** Buttons that ask the engine for the ranking behind a row, page by page. Answers how to open it. */
export function addRankingActions(
  place: HTMLElement,
  shell: FigureShell,
  link: KernelLink,
  figure: ReportFigure,
  view: ReportView,
  state: Signal<State>,
  liveness: Signal<Liveness>,
): (() => void) | undefined {
  const { report } = figure;
  const { ranking } = view;
  if (!ranking || report === null) return undefined;

  async function ask(only: OpenRanking["only"], from: number): Promise<void> {
    const row = state.value.order[state.value.cursor];
    if (row === undefined || !liveness.value.report || report === null || !ranking) return;
    const params = { report, of: ranking.of(row), only, from, count: pageRows };
    const page = await askInFigure(shell, link, "reportRanking", params, "asking for the ranking");
    // Somebody may have gone on to another row meanwhile.
    if (!page || state.value.order[state.value.cursor] !== row) return;
    state.set({ ...state.value, ranking: { only, page }, item: 0 });
    shell.announcer.say(`ranking from place ${page.places[0] ?? 0}`);
  }

  const turn = (pages: number): void => {
    const open = state.value.ranking;
    if (!open) return;
    const from = open.page.from + pages * pageRows;
    if (from < 0 || from >= open.page.n) return;
    ask(open.only, from);
  };
  const open = button({ label: "Whole ranking", key: "W", onPress: () => ask("all", 0) });
  const close = button({
    label: "Close the ranking",
    text: "Close",
    onPress: () => state.set({ ...state.value, ranking: null, item: 0 }),
  });
  const earlier = button({ label: "Earlier places", text: "← Earlier", onPress: () => turn(-1) });
  const later = button({ label: "Later places", text: "Later →", onPress: () => turn(1) });
  const relevant = toggle({
    label: `Only clips ${ranking.relevantInWords}`,
    text: `Only ${ranking.relevantInWords}`,
    on: false,
    onChange: (on) => ask(on ? "relevant" : "all", 0),
  });
  place.append(...[open, earlier, later, relevant, close].map(({ element }) => element));
  const show = (): void => {
    const now = state.value.ranking;
    place.style.display = liveness.value.report ? "flex" : "none";
    open.element.style.display = now ? "none" : "";
    for (const { element } of [earlier, later, relevant, close]) {
      element.style.display = now ? "" : "none";
    }
    if (!now) return;
    relevant.set(now.only === "relevant");
    earlier.element.disabled = now.page.from === 0;
    later.element.disabled = now.page.from + now.page.places.length >= now.page.n;
  };
  follow(state, shell.signal, show);
  follow(liveness, shell.signal, show);
  place.style.flexWrap = "wrap";
  return () => {
    ask("all", 0);
  };
}
