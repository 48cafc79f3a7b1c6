import { decodeFloat16 } from "../../kernel/mulan/figures/contract.ts";
import { formatFixed, formatTime, windowMeans } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html, svg } from "../shared/dom.ts";
import { askInFigure } from "../shared/kernel/askInFigure.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { sharedSelection, toggleClip } from "../shared/kernel/selection.ts";
import { createSignal, follow } from "../shared/kernel/signal.ts";
import { createTypedRequests } from "../shared/kernel/typedRequests.ts";
import { unfinishedIn } from "../shared/kernel/unfinished.ts";
import { createWriteBack } from "../shared/kernel/writeBack.ts";
import { textMeasure } from "../shared/look/middleCut.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { button, emptyField, refillField, textField, toggle } from "../shared/shell/controls.ts";
import { drawOnChange } from "../shared/shell/drawOnChange.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { enginePieces, prepareSound } from "../shared/sound/enginePieces.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { asCell } from "./asCell.ts";
import { timelineMarks } from "./drawLanes.ts";
import { timelineKeys } from "./keys.ts";
import { layoutTimeline, placeAt, type TimelineLayout } from "./layout.ts";
import { noteOf, savedImage, savedTable } from "./saved.ts";
import {
  type Cursor,
  initialState,
  moved,
  type State,
  sortedByScore,
  withoutPrompt,
  withPrompt,
} from "./state.ts";

/** One line of note, two where it has to wrap. */
const notePx = (widthPx: number): number => (widthPx < 800 ? 40 : 24);

/** Prompt lanes below the waveform of a clip. */
export function drawTimeline({ host, figure, link, outputId, signal }: Place<"timeline">): void {
  const { clip, label } = figure;
  const nWindows = figure.windows.startSec.length;
  const isEmpty = nWindows === 0 || !(figure.durationSec > 0) || figure.prompts.length === 0;
  const hostPx = Math.min(1100, host.clientWidth || 1000);
  const heightPx = isEmpty
    ? 60
    : layoutTimeline(hostPx, figure.prompts.length, figure.waveform !== null, 100).height +
      notePx(hostPx);
  const shell = createFigureShell(host, { kind: "prompt lanes", words: figure, heightPx, signal });
  if (isEmpty) {
    showEmpty(
      shell,
      "There are no lanes: no prompts or no sound.",
      'await timeline(model, clips[0], ["drums", "quiet piano"])',
    );
    return;
  }
  const unfinished = unfinishedIn(outputId);
  const state = createSignal<State>(initialState(figure, unfinished.view as Cursor | undefined));
  state.subscribe(({ cursor }) => {
    unfinished.view = cursor;
  });
  const player = sharedPlayer();
  const source = clip === null ? undefined : enginePieces(link, clip);
  const needs = { clips: clip === null ? [] : [clip], model: figure.model };
  const liveness = followLiveness(shell, link, needs);
  const writeBack = createWriteBack(link, outputId, host, signal);
  let layout: TimelineLayout | undefined;
  let loop = false;
  let frame = 0;

  const picture = svg("svg", { "aria-hidden": "true", style: "display: block" });
  const moving = svg("line", { y1: 0 });
  const note = html("div", {
    class: "quiet",
    style: "font-size: 11px; line-height: 16px; padding-top: 4px",
  });
  shell.drawing.classList.add("own-cursor");
  shell.drawing.append(picture, note);

  const prompt = textField({
    label: "Add prompt",
    placeholder: "Add prompt, then Enter",
    live: true,
    widthPx: 220,
    onSubmit(text) {
      emptyField(prompt.field);
      prompts.submit(text);
    },
  });
  const prompts = createTypedRequests<string>({
    outputId,
    signal,
    liveness,
    perform: addPrompt,
    giveBack: (text) => refillField(prompt.field, text),
  });
  const looping = toggle({ label: "Loop", key: "L", live: true, on: false, onChange: setLoop });
  const sort = button({
    label: "Sort lanes, best first",
    text: "Sort",
    key: "S",
    onPress: sortLanes,
  });
  shell.controls.add(prompt, sort, looping);
  shell.controls.addEntries(
    { label: "Remove this lane", key: "Delete", run: remove },
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
  shell.bindKeys(
    timelineKeys({
      move(lanes, windows) {
        state.set(moved(state.value, lanes, windows));
        tell();
      },
      play: () => playWindow(state.value.cursor.window),
      loop: () => looping.flip(),
      select: () => clip !== null && liveness.value.sound && toggleClip(link, clip),
      sort: sortLanes,
      remove,
      addPrompt: () => prompt.field.focus(),
    }),
  );

  drawOnChange(shell, [state, player.state, sharedSelection().clips], (width, theme) => {
    const { figure: now } = state.value;
    const measure = textMeasure(theme.fontFamily);
    const widest = Math.max(0, ...now.prompts.map((text) => measure(text, 13)));
    layout = layoutTimeline(width, now.prompts.length, now.waveform !== null, widest);
    picture.setAttribute("width", String(layout.width));
    picture.setAttribute("height", String(layout.height));
    shell.drawing.style.minHeight = `${layout.height + notePx(width)}px`;
    const marked = {
      cursor: shell.root.activeElement === shell.drawing ? state.value.cursor : undefined,
      playing: playingWindow(),
      selected: clip !== null && sharedSelection().clips.value.has(clip),
    };
    picture.replaceChildren(...timelineMarks(state.value, layout, theme, measure, marked), moving);
    moving.setAttribute("style", `stroke: ${theme.foreground}; stroke-width: 2`);
    moving.setAttribute("y2", String(layout.axisTop));
    note.textContent = noteOf(state.value);
    followSound();
  });
  // Ends of pieces and a seek change nothing that drawOnChange hears of; the cursor is read each frame.
  function followSound(): void {
    cancelAnimationFrame(frame);
    const at = player.positionSec;
    const sounds = clip !== null && player.state.value.clip === clip && at !== undefined;
    moving.setAttribute("visibility", sounds ? "visible" : "hidden");
    if (!sounds || !layout || signal.aborted) return;
    const x = layout.plotLeft + (at / figure.durationSec) * layout.plotWidth;
    moving.setAttribute("x1", String(x));
    moving.setAttribute("x2", String(x));
    frame = requestAnimationFrame(followSound);
  }
  follow(player.state, signal, ({ error, phase }) => {
    if (error) shell.status.setPassing({ kind: "error", text: error });
    else if (phase === "playing") shell.status.setPassing({ kind: "none" });
  });

  picture.addEventListener("mousemove", (event) => {
    const place = pointed(event);
    if (!place) return shell.tooltip.hide();
    const frame = picture.getBoundingClientRect();
    const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    shell.tooltip.show(at.x, at.y + shell.drawing.offsetTop, ...words(place.lane, place.window));
    if (clip !== null && liveness.value.sound)
      prepareSound(link, clip, figure.windows.startSec[place.window]!);
  });
  picture.addEventListener("mouseleave", () => shell.tooltip.hide());
  // Not by "click": see onPress in elementAt.ts.
  picture.addEventListener("pointerup", (event) => {
    const place = event.button === 0 ? pointed(event) : undefined;
    if (!place) return;
    const lane = place.lane ?? state.value.cursor.lane;
    state.set({ ...state.value, cursor: { lane, window: place.window } });
    shell.drawing.focus({ preventScroll: true });
    playWindow(place.window);
  });

  function pointed(event: MouseEvent) {
    const frame = picture.getBoundingClientRect();
    return layout && placeAt(figure, layout, event.clientX - frame.left, event.clientY - frame.top);
  }

  function playingWindow(): number | undefined {
    const { clip: sounding, phase } = player.state.value;
    return sounding !== null && sounding === clip && phase !== "stopped" ? lastPlayed : undefined;
  }

  let lastPlayed: number | undefined;

  function playWindow(window: number): void {
    if (clip === null || !source || !liveness.value.sound) return;
    const isSounding = playingWindow() === window;
    if (isSounding) {
      player.stop();
      return;
    }
    lastPlayed = window;
    const startSec = figure.windows.startSec[window]!;
    const endSec = startSec + figure.windows.durationSec[window]!;
    player.play({ clip, label, source, startSec, endSec, loop, loopStartSec: startSec });
  }

  function setLoop(on: boolean): void {
    loop = on;
    if (playingWindow() !== undefined) player.setLoop(on);
  }

  async function addPrompt(text: string): Promise<boolean> {
    const { model } = state.value.figure;
    if (clip === null || model === null) return false;
    const reply = await askInFigure(
      shell,
      link,
      "timelineRow",
      { text, clip, model },
      "embedding the prompt",
    );
    if (!reply) return false;
    const cosines = decodeFloat16(reply.cosines);
    if (cosines.length !== nWindows) {
      const reason = "this engine cuts the clip into other windows; run the cell again";
      shell.status.setPassing({ kind: "error", text: reason });
      return false;
    }
    edit(withPrompt(state.value, { prompt: text, cosines, score: reply.score }));
    shell.announcer.say(`${text}: cosine ${formatFixed(reply.score, 3)} with the whole clip`);
    return true;
  }

  function sortLanes(): void {
    edit(sortedByScore(state.value));
  }

  function remove(): void {
    const { cursor, figure: now } = state.value;
    if (now.prompts.length > 1) edit(withoutPrompt(state.value, cursor.lane));
  }

  function edit(next: State): void {
    state.set(next);
    shell.setWords(next.figure);
    writeBack.edited(next.figure);
  }

  function words(lane: number | undefined, window: number): HTMLElement[] {
    const { figure: now, cosines } = state.value;
    const from = now.startSec + now.windows.startSec[window]!;
    const to = from + now.windows.durationSec[window]!;
    const when = html(
      "div",
      { class: "quiet" },
      `window ${window + 1} of ${nWindows}, ${formatTime(from)}–${formatTime(to)}`,
    );
    if (lane === undefined) return [when];
    const cosine = formatFixed(cosines[lane * nWindows + window]!, 3);
    const means = windowMeans(cosines, now.prompts.length, nWindows);
    const mean = means ? `; mean of prompts ${formatFixed(means[window]!, 3)}` : "";
    return [
      html("div", {}, now.prompts[lane]!),
      html("div", {}, html("span", { class: "number" }, cosine), ` cosine${mean}`),
      when,
    ];
  }

  function tell(): void {
    const { cursor } = state.value;
    const text = words(cursor.lane, cursor.window).map((line) => line.textContent);
    shell.announcer.say(text.join(", "));
  }
}
