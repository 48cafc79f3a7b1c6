import type { ZeroShotFigure } from "../../kernel/mulan/figures/contract.ts";
import { formatFixed } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html } from "../shared/dom.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { toggleClip } from "../shared/kernel/selection.ts";
import { createSignal } from "../shared/kernel/signal.ts";
import { createTypedRequests } from "../shared/kernel/typedRequests.ts";
import { unfinishedIn } from "../shared/kernel/unfinished.ts";
import { createWriteBack } from "../shared/kernel/writeBack.ts";
import { elementAt, onPress } from "../shared/look/elementAt.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { playClips } from "../shared/sound/playClips.ts";
import { createCanvas } from "./canvas.ts";
import { addControls, type Change } from "./controls.ts";
import { labelAtCursor, rankingKeys } from "./keys.ts";
import { savedImage, savedTable } from "./saved.ts";
import { edited, initialState, type View } from "./state.ts";

/** Ranked labels of each clip in an output. */
export function drawZeroShot({ host, figure, link, outputId, signal }: Place<"zeroshot">): void {
  const nClips = figure.clips.labels.length;
  const heightPx =
    40 + Math.ceil(Math.min(nClips, 12) / 3) * (40 + 20 * Math.min(8, figure.labels.length));
  const shell = createFigureShell(host, { kind: "rankings", words: figure, heightPx, signal });
  if (nClips === 0 || figure.labels.length === 0) {
    showEmpty(
      shell,
      "There is nothing to rank: no clips or no labels.",
      'await zeroShot(model, clips, ["piano", "rock"], { prompts: "{} music" })',
    );
    return;
  }
  const unfinished = unfinishedIn(outputId);
  const state = createSignal(initialState(figure, unfinished.view as View | undefined));
  state.subscribe(({ mode, temperature, nPanels, cursor }) => {
    unfinished.view = { mode, temperature, nPanels, cursor } satisfies View;
  });
  const clips = (figure.clips.clips ?? []).filter((clip) => clip !== null);
  const liveness = followLiveness(shell, link, { clips, model: figure.model });
  const writeBack = createWriteBack(link, outputId, host, signal);
  const canvas = createCanvas(shell, state);

  const changes = createTypedRequests<Change>({
    outputId,
    signal,
    liveness,
    perform: ask,
    giveBack: (change) => controls.giveBack(change),
  });

  async function ask(change: Change): Promise<boolean> {
    const { figure: now } = state.value;
    const { labels = now.labels, prompts = now.prompts } = change;
    if (now.model === null || labels.length === 0 || prompts.length === 0) return false;
    if (clips.length < nClips) {
      shell.status.setPassing({
        kind: "error",
        text: "some of these rows are not clips of this kernel",
      });
      return false;
    }
    const params = { clips, labels, prompts, model: now.model };
    const reply = await askInFigure(
      shell,
      link,
      "zeroShot",
      params,
      `ranking ${labels.length} labels`,
    );
    if (!reply) return false;
    state.set(edited(state.value, { labels, prompts, scores: reply.scores }));
    shell.setWords(state.value.figure);
    shell.announcer.say(state.value.figure.reading);
    writeBack.edited(state.value.figure);
    return true;
  }

  const clipAtCursor = (): string | null => figure.clips.clips?.[state.value.cursor.clip] ?? null;
  const play = (): void => {
    const clip = clipAtCursor();
    const label = figure.clips.labels[state.value.cursor.clip]!;
    if (clip && liveness.value.sound) playClips(link, [{ clip, label }], shell.status);
  };
  const prepare = (clip: string | null | undefined): void => {
    if (clip && liveness.value.sound) prepareSound(link, clip);
  };
  const tellBar = (): void => {
    prepare(clipAtCursor());
    const at = labelAtCursor(state.value);
    const { cursor, figure: now } = state.value;
    if (!at) return;
    const place = `${cursor.rank + 1} of ${now.labels.length}`;
    shell.announcer.say(
      `${now.clips.labels[cursor.clip]}, ${place}: ${now.labels[at.index]}, cosine ${formatFixed(at.score, 3)}`,
    );
  };
  const toggleSelected = (): void => {
    const clip = clipAtCursor();
    if (clip) toggleClip(link, clip);
  };

  onPress(shell.root, canvas.element, (element) => {
    const at = placeOf(element);
    if (!at) return;
    state.set({ ...state.value, cursor: at });
    shell.drawing.focus({ preventScroll: true });
    play();
  });
  canvas.element.addEventListener("pointermove", (event) => {
    const at = placeOf(elementAt(shell.root, event));
    const bar = at && canvas.layout?.panels[at.clip]?.bars[at.rank];
    if (!bar || !at) return shell.tooltip.hide();
    prepare(figure.clips.clips?.[at.clip]);
    const frame = shell.drawing.getBoundingClientRect();
    shell.tooltip.show(
      event.clientX - frame.left,
      event.clientY - frame.top + shell.drawing.offsetTop,
      html("div", {}, figure.clips.labels[at.clip]!),
      html("div", {}, state.value.figure.labels[bar.label]!),
      html("div", {}, html("span", { class: "number" }, formatFixed(bar.score, 3)), " cosine"),
      html("div", { class: "quiet" }, `${formatFixed(bar.share, 3)} of softmax`),
    );
  });
  canvas.element.addEventListener("pointerleave", () => shell.tooltip.hide());
  const controls = addControls(shell, state, { ask: changes.submit });
  shell.controls.addEntries(
    {
      label: "Insert as cell",
      run: () => link.tell({ type: "insertCell", outputId, code: asCell(state.value.figure) }),
    },
    ...saveEntries(shell, {
      title: () => state.value.figure.title,
      image: () => savedImage(state.value),
      table: () => savedTable(state.value),
    }),
  );
  shell.bindKeys(rankingKeys(state, { play, toggleSelected, tellBar }));
}

/** Code that makes this ranking in a cell. `clips` is the notebook's own variable. */
function asCell({ labels, prompts }: ZeroShotFigure): string {
  return `const model = await mulan.load();
await mulan.zeroShot(model, clips, ${JSON.stringify(labels)}, { prompts: ${JSON.stringify(prompts)} })`;
}

function placeOf(
  element: SVGElement | undefined,
): { readonly clip: number; readonly rank: number } | undefined {
  const { dataset } = element ?? {};
  if (dataset?.clip === undefined) return undefined;
  return { clip: Number(dataset.clip), rank: Number(dataset.rank ?? 0) };
}
