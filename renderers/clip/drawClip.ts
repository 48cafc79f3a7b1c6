import type { SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import { formatTime } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html, svg } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { sharedSelection, toggleClip } from "../shared/kernel/selection.ts";
import { follow } from "../shared/kernel/signal.ts";
import { unfinishedIn } from "../shared/kernel/unfinished.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { prepareSound } from "../shared/sound/enginePieces.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { addClipControls } from "./clipControls.ts";
import { type ClipView, stepRate, usualView } from "./clipView.ts";
import { createDetailLine } from "./detailLine.ts";
import { createDetails } from "./details.ts";
import { clipKeys } from "./keys.ts";
import { type ClipLayout, clipLayout } from "./layout.ts";
import { createModelWindows } from "./modelWindows.ts";
import { paintClip } from "./paintClip.ts";
import { createPlayback, describeStored } from "./playback.ts";
import type { Stretch } from "./playerMedia.ts";
import { readPoint } from "./readPoint.ts";
import { createRegionActions } from "./regionActions.ts";
import { savedImage, savedTable } from "./saved.ts";
import { createSpectrogramLayer } from "./spectrogramLayer.ts";
import { createStage } from "./stage.ts";
import { clipFigureStyle } from "./stageStyle.ts";
import { createWaveDetailLayer } from "./waveDetail.ts";
import { createZooming } from "./zooming.ts";

/** Scrollbar and detail line. */
const belowPx = 32;

/** What a clip that is drawn anew goes on with. */
interface Remembered {
  readonly view: ClipView;
  readonly region: Stretch | undefined;
}

/** Waveform and spectrogram of a clip under one cursor. */
export function drawClip({ host, figure, link, outputId, signal }: Place<"clip">): void {
  const { clip, label, durationSec, startSec } = figure;
  const has = { waveform: figure.waveform !== null, spectrogram: figure.spectrogram !== null };
  const isEmpty = !(durationSec > 0) || (!has.waveform && !has.spectrogram);
  const hostPx = host.clientWidth || 1000;
  const heightPx = isEmpty ? 60 : clipLayout(hostPx, has).height + belowPx;
  const shell = createFigureShell(host, {
    kind: "waveform and spectrogram",
    words: figure,
    heightPx,
    signal,
  });
  if (isEmpty || figure.waveform?.n === 0) {
    showEmpty(shell, "This clip holds no sound.", 'const clips = await readAudio("folder")');
    return;
  }
  shell.root.adoptedStyleSheets = [...shell.root.adoptedStyleSheets, clipFigureStyle()];
  const unfinished = unfinishedIn(outputId);
  const before = unfinished.view as Remembered | undefined;
  const view: ClipView = { ...usualView, ...before?.view };
  const player = sharedPlayer();
  const liveness = followLiveness(shell, link, {
    clips: [clip],
    model: null,
    controlsNeed: "sound",
    storedSound: describeStored(figure),
  });
  const playback = createPlayback({ figure, link, signal, isLive: () => liveness.value.sound });
  const { media } = playback;
  media.playbackRate = view.rate;
  media.setLoop(view.loop);

  let layout: ClipLayout | undefined;
  let region: Stretch | undefined;
  let regionBefore = before?.region;
  unfinished.view = { view, region: regionBefore } satisfies Remembered;

  const waveDetail = createWaveDetailLayer();
  const spectrogram = createSpectrogramLayer();
  const axis = html("div", { class: "layer axis", "aria-hidden": "true" });
  const windows = createModelWindows({
    link,
    player,
    clip,
    label,
    startSec,
    durationSec,
    signal,
    onRead: (text) => detail.read(text),
    onHear: (text) => shell.announcer.say(text),
  });
  const stage = createStage({
    durationSec,
    waveform: figure.waveform,
    media,
    layers: {
      waveDetail: waveDetail.element,
      spectrogram: spectrogram.element,
      windows: windows.element,
      axis,
    },
    onRegion(next) {
      region = next;
      unfinished.view = { view, region } satisfies Remembered;
      // What loops or plays next is the region; without one the whole clip.
      media.stretch = undefined;
      detail.setRegion(region, startSec);
    },
    onView: wantDetails,
    signal,
  });
  const details = createDetails({
    link,
    clip,
    durationSec,
    signal,
    onChange: drawPicture,
    onWaiting(waiting) {
      const text = "drawing what the model sees";
      shell.status.setPassing(waiting ? { kind: "waiting", text } : { kind: "none" });
    },
    onError: (message) => shell.status.setPassing({ kind: "error", text: message }),
  });
  const detail = createDetailLine({
    onPlay: playRegion,
    onEmbed: embedRegion,
    onAdd: () => void onRegion.addToSelection(),
    onRemove: () => stage.setRegion(undefined),
  });
  const onRegion = createRegionActions({
    shell,
    link,
    clip,
    region: () => (liveness.value.sound ? region : undefined),
    note: detail.note,
  });
  const zooming = createZooming({ stage, media, onChange: drawPicture });
  const left = svg("svg", { class: "gutter", "aria-hidden": "true" });
  const right = svg("svg", { class: "gutter", "aria-hidden": "true" });
  shell.drawing.append(left, stage.element, right, detail.element);

  const controls = addClipControls(shell, view, has, {
    onPlay: toggle,
    onZoom: zooming.by,
    onResetZoom: zooming.reset,
    onView: change,
    onSelect: () => toggleClip(link, clip),
  });
  shell.controls.addEntries(
    { label: "Show the whole clip", key: "0", run: zooming.reset },
    { label: "Insert a cell that embeds the selection", run: insertCell },
    ...saveEntries(shell, {
      title: () => label,
      image: () => savedImage(figure, shownSpectrogram(), view),
      table: () => savedTable(figure, shownSpectrogram()),
    }),
  );
  shell.bindKeys(
    clipKeys({
      toggle,
      step(sec) {
        media.currentTime = media.currentTime + sec;
        shell.announcer.say(formatTime(startSec + media.currentTime));
      },
      loop: () => change({ loop: !view.loop }),
      rate: (step) => change({ rate: stepRate(view.rate, step) }),
      zoom: zooming.by,
      resetZoom: zooming.reset,
      select: () => liveness.value.sound && toggleClip(link, clip),
      mark,
      playRegion,
      embedRegion,
      addRegion: () => void onRegion.addToSelection(),
      removeRegion: () => stage.setRegion(undefined),
      hearWindow: () => liveness.value.sound && windows.hearAt(media.currentTime),
      asModel: () => windows.present && change({ asModel: !view.asModel }),
    }),
  );

  shell.onLayout((width) => {
    layout = clipLayout(width, has);
    drawPicture();
  });
  follow(liveness, signal, ({ sound }) => {
    stage.setRegionsAllowed(playback.audible);
    if (playback.audible && regionBefore) {
      stage.setRegion(regionBefore);
      regionBefore = undefined;
    }
    detail.setHint(playback.audible ? "Drag across the picture to choose a region" : "");
    detail.setLive(sound);
    if (sound) {
      prepareSound(link, clip);
      void askWindows();
    }
  });
  follow(player.state, signal, ({ clip: sounding, phase, error }) => {
    controls.setPlaying(sounding === clip && phase !== "stopped");
    shell.drawing.classList.toggle("sounding", sounding === clip && phase === "playing");
    if (error) shell.status.setPassing({ kind: "error", text: error });
    else if (phase === "playing") shell.status.setPassing({ kind: "none" });
  });
  follow(sharedSelection().clips, signal, (clips) => {
    shell.drawing.classList.toggle("selected", clips.has(clip));
    controls.setSelected(clips.has(clip));
  });
  stage.element.addEventListener("mousemove", (event) => {
    if (!layout) return;
    const box = stage.element.getBoundingClientRect();
    const place = { sec: stage.secAt(event.clientX), y: event.clientY - box.top };
    detail.read(readPoint(figure, shownSpectrogram(), view, layout, place));
  });
  stage.element.addEventListener("mouseleave", () => detail.read(""));
  signal.addEventListener("abort", () => details.forget());

  function shownSpectrogram(): SpectrogramData | null {
    return (view.asModel ? details.whole?.spectrogram : undefined) ?? figure.spectrogram;
  }

  function modelInView(): string | null {
    return view.asModel ? (windows.present?.model ?? null) : null;
  }

  function drawPicture(): void {
    if (!layout) return;
    shell.drawing.style.minHeight = `${layout.height + belowPx}px`;
    shell.drawing.style.setProperty("--left", `${layout.leftGutter}px`);
    const canvases = { stage, left, right, axis, spectrogram, waveDetail };
    const part = details.model === modelInView() ? details.part : undefined;
    paintClip(canvases, { figure, shown: shownSpectrogram(), part, view }, layout, shell.theme);
    windows.draw();
    wantDetails();
  }

  function wantDetails(): void {
    if (liveness.value.sound) details.want(modelInView(), stage.visible, stage.zoom);
  }

  function change(next: Partial<ClipView>): void {
    Object.assign(view, next);
    media.playbackRate = view.rate;
    if (next.loop !== undefined) media.setLoop(view.loop);
    controls.setLoop(view.loop);
    controls.setRate(view.rate);
    controls.setAsModel(view.asModel);
    if (next.rate !== undefined) shell.announcer.say(`speed ${view.rate}, pitch changed with it`);
    else if (next.loop === undefined) drawPicture();
  }

  function toggle(): void {
    // A loop goes round the region; otherwise play goes on to the clip's end.
    playback.toggle(view.loop ? region : undefined);
  }

  function playRegion(): void {
    if (region) playback.play(region);
  }

  function mark(side: "start" | "end"): void {
    if (!playback.audible) return;
    const at = media.currentTime;
    const { startSec: from, endSec: to } = region ?? { startSec: 0, endSec: durationSec };
    const next = side === "start" ? { startSec: at, endSec: to } : { startSec: from, endSec: at };
    if (next.endSec - next.startSec >= 0.05) stage.setRegion(next);
  }

  async function askWindows(): Promise<void> {
    await windows.ask();
    if (signal.aborted) return;
    const model = windows.present?.model ?? null;
    controls.setModel(model);
    detail.setCanEmbed(model !== null);
    if (model === null && view.asModel) change({ asModel: false });
    else windows.draw();
  }

  function insertCell(): void {
    const code = "const model = await mulan.load();\nawait model.embedAudio(mulan.selection)";
    link.tell({ type: "insertCell", outputId, code });
  }

  function embedRegion(): void {
    if (windows.present) void onRegion.embed(windows.present.model);
  }
}
