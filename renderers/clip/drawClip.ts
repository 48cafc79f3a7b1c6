import type { SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import type { ClipWindows } from "../../kernel/mulan/figures/contractLive.ts";
import { formatCosine, formatTime } from "../../kernel/mulan/figures/contractLook.ts";
import type { Place } from "../shared/defineRenderer.ts";
import { html, svg } from "../shared/dom.ts";
import { followLiveness } from "../shared/kernel/liveness.ts";
import { selectClips, sharedSelection, toggleClip } from "../shared/kernel/selection.ts";
import { follow } from "../shared/kernel/signal.ts";
import { saveEntries } from "../shared/save/saveEntries.ts";
import { createFigureShell } from "../shared/shell/figureShell.ts";
import { showEmpty } from "../shared/shell/showEmpty.ts";
import { enginePieces, prepareSound } from "../shared/sound/enginePieces.ts";
import { sharedPlayer } from "../shared/sound/player.ts";
import { addClipControls } from "./clipControls.ts";
import { type ClipView, stepRate, usualView } from "./clipView.ts";
import { createDetailLine } from "./detailLine.ts";
import { createDetails } from "./details.ts";
import { leftGutter, rightGutter } from "./gutters.ts";
import { hearWindow, windowSoundId } from "./hearWindow.ts";
import { clipKeys } from "./keys.ts";
import { type ClipLayout, clipLayout } from "./layout.ts";
import { gutterContent, limitOf, waveColor } from "./picture.ts";
import { PlayerMedia, type Stretch } from "./playerMedia.ts";
import { readPoint } from "./readPoint.ts";
import { savedImage, savedTable } from "./saved.ts";
import { createSpectrogramLayer } from "./spectrogramLayer.ts";
import { createStage } from "./stage.ts";
import { clipFigureStyle } from "./stageStyle.ts";
import { drawTimeAxis } from "./timeAxis.ts";
import { createWaveDetailLayer } from "./waveDetail.ts";
import { createWindowStrip, describeWindow, windowAt } from "./windowStrip.ts";

/** Scrollbar and detail line. */
const belowPx = 32;

/** Waveform and spectrogram of a clip under one cursor. */
export function drawClip({ host, figure, link, signal }: Place<"clip">): void {
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
  const view: ClipView = { ...usualView };
  const player = sharedPlayer();
  const source = enginePieces(link, clip);
  const media = new PlayerMedia({ player, clip, label, durationSec, source, signal });
  const liveness = followLiveness(shell, link, {
    clips: [clip],
    model: null,
    controlsNeed: "sound",
  });

  let layout: ClipLayout | undefined;
  let windows: ClipWindows | undefined;
  let region: Stretch | undefined;

  const waveDetail = createWaveDetailLayer();
  const spectrogram = createSpectrogramLayer();
  const axis = html("div", { class: "layer axis", "aria-hidden": "true" });
  const strip = createWindowStrip({
    onPick: hear,
    onHover(index, event) {
      detail.read(index === undefined || !windows ? "" : describeWindow(windows, index, startSec));
      event.stopPropagation();
    },
  });
  const stage = createStage({
    durationSec,
    waveform: figure.waveform,
    media,
    layers: {
      waveDetail: waveDetail.element,
      spectrogram: spectrogram.element,
      windows: strip.element,
      axis,
    },
    onRegion(next) {
      region = next;
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
    onEmbed: () => void embedRegion(),
    onAdd: () => void addRegion(),
    onRemove: () => stage.setRegion(undefined),
  });
  const left = svg("svg", { class: "gutter", "aria-hidden": "true" });
  const right = svg("svg", { class: "gutter", "aria-hidden": "true" });
  shell.drawing.append(left, stage.element, right, detail.element);

  const controls = addClipControls(shell, view, has, {
    onPlay: toggle,
    onZoom: (factor) => zoomBy(factor),
    onResetZoom: resetZoom,
    onView: change,
    onSelect: () => toggleClip(link, clip),
  });
  shell.controls.addEntries(
    { label: "Show the whole clip", key: "0", run: resetZoom },
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
      zoom: (factor) => zoomBy(factor),
      resetZoom,
      select: () => liveness.value.sound && toggleClip(link, clip),
      mark,
      playRegion,
      embedRegion: () => void embedRegion(),
      addRegion: () => void addRegion(),
      removeRegion: () => stage.setRegion(undefined),
      hearWindow() {
        const index = windows && windowAt(windows, media.currentTime);
        if (index !== undefined) hear(index);
      },
      asModel: () => windows && change({ asModel: !view.asModel }),
    }),
  );

  shell.onLayout((width) => {
    layout = clipLayout(width, has);
    drawPicture();
  });
  follow(liveness, signal, ({ sound }) => {
    stage.setRegionsAllowed(sound);
    detail.setHint(sound ? "Drag across the picture to choose a region" : "");
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
    followWindowSound();
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
  stage.element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(2 ** (-event.deltaY / 100), stage.secAt(event.clientX));
    },
    { passive: false },
  );
  signal.addEventListener("abort", () => {
    details.forget();
    media.pause();
  });

  function shownSpectrogram(): SpectrogramData | null {
    return (view.asModel ? details.whole?.spectrogram : undefined) ?? figure.spectrogram;
  }

  function modelInView(): string | null {
    return view.asModel && windows ? windows.model : null;
  }

  function drawPicture(): void {
    if (!layout) return;
    const { theme } = shell;
    const shown = shownSpectrogram();
    const content = gutterContent(figure, shown, view);
    shell.drawing.style.minHeight = `${layout.height + belowPx}px`;
    shell.drawing.style.setProperty("--left", `${layout.leftGutter}px`);
    for (const gutter of [left, right]) {
      gutter.setAttribute("width", String(layout.width));
      gutter.setAttribute("height", String(layout.height));
    }
    left.replaceChildren(...leftGutter(layout, content, theme));
    right.replaceChildren(...rightGutter(layout, content, theme));
    stage.layout(layout, {
      wave: waveColor(theme),
      cursor: theme.foreground,
      region: `color-mix(in srgb, ${theme.accent} ${theme.highContrast ? 8 : 22}%, transparent)`,
      scrollbar: theme.quiet,
      limit: content.limit,
    });
    if (shown && content.axis) {
      const part = details.model === modelInView() ? details.part : undefined;
      const tiles = [{ data: shown, startSec: 0 }];
      if (part) tiles.push({ data: part.spectrogram, startSec: part.startSec });
      const look = { axis: content.axis, rangeDb: view.rangeDb, scale: content.scale };
      spectrogram.draw(tiles, look, durationSec, layout.spectrogramHeight);
    }
    drawWave();
    drawTimeAxis(axis, startSec, durationSec, layout.plotWidth * stage.zoom);
    strip.draw(windows, durationSec);
    followWindowSound();
    wantDetails();
  }

  function drawWave(): void {
    if (!layout) return;
    const { theme } = shell;
    const look = {
      color: waveColor(theme),
      ground: theme.background,
      limit: limitOf(figure, view),
    };
    const part = has.waveform ? details.part : undefined;
    const width = part ? (part.durationSec / durationSec) * layout.plotWidth * stage.zoom : 0;
    waveDetail.draw(part, look, durationSec, {
      width: Math.min(width, 4000),
      height: layout.waveHeight,
    });
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
    if (next.rate !== undefined) shell.announcer.say(`speed ${view.rate}, as a tape`);
    else if (next.loop === undefined) drawPicture();
  }

  function toggle(): void {
    if (!liveness.value.sound) return;
    if (player.state.value.clip === clip && player.state.value.phase !== "stopped") media.pause();
    else void media.play();
  }

  function playRegion(): void {
    if (!region || !liveness.value.sound) return;
    media.pause();
    media.currentTime = region.startSec;
    media.stretch = region;
    void media.play();
  }

  function mark(side: "start" | "end"): void {
    if (!liveness.value.sound) return;
    const at = media.currentTime;
    const { startSec: from, endSec: to } = region ?? { startSec: 0, endSec: durationSec };
    const next = side === "start" ? { startSec: at, endSec: to } : { startSec: from, endSec: at };
    if (next.endSec - next.startSec >= 0.05) stage.setRegion(next);
  }

  function zoomBy(factor: number, anchorSec = anchor()): void {
    stage.setZoom(stage.zoom * factor, anchorSec);
    drawPicture();
  }

  function resetZoom(): void {
    stage.setZoom(1, 0);
    drawPicture();
  }

  /** The cursor, when it is in sight; else the middle. */
  function anchor(): number {
    const { visible } = stage;
    const at = media.currentTime;
    const inSight = at >= visible.startSec && at <= visible.endSec;
    return inSight ? at : (visible.startSec + visible.endSec) / 2;
  }

  async function askWindows(): Promise<void> {
    // A refusal says that no model is loaded: nothing to draw and nothing to tell.
    windows = await link.ask("windows", { clip, model: null }).catch(() => undefined);
    if (signal.aborted) return;
    controls.setModel(windows?.model ?? null);
    detail.setCanEmbed(windows !== undefined);
    if (!windows && view.asModel) change({ asModel: false });
    else strip.draw(windows, durationSec);
  }

  function hear(index: number): void {
    if (!windows || !liveness.value.sound) return;
    player.toggle(hearWindow(link, clip, label, windows, index));
    shell.announcer.say(describeWindow(windows, index, startSec));
  }

  function followWindowSound(): void {
    const count = windows?.startSec.length ?? 0;
    const { clip: sounding, phase } = player.state.value;
    const index = Array.from({ length: count }, (_, i) => windowSoundId(clip, i)).indexOf(
      sounding ?? "",
    );
    if (index < 0 || phase === "stopped" || signal.aborted) {
      strip.showPlaying(undefined);
      return;
    }
    strip.showPlaying(index, (player.positionSec ?? 0) / windows!.windowSec);
    requestAnimationFrame(followWindowSound);
  }

  /** Runs something with the region in the engine; what goes wrong stands beside the title. */
  async function withRegion<T>(
    work: (part: { clip: string; startSec: number; durationSec: number }) => Promise<T>,
  ): Promise<T | undefined> {
    if (!region || !liveness.value.sound) return undefined;
    const part = { clip, startSec: region.startSec, durationSec: region.endSec - region.startSec };
    try {
      return await work(part);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      shell.status.setPassing({ kind: "error", text: reason });
      return undefined;
    }
  }

  async function embedRegion(): Promise<void> {
    if (!windows) return;
    const { model } = windows;
    detail.note("embedding …");
    const onWaiting = (reason: string): void => detail.note(`waiting for ${reason}`);
    const done = await withRegion((part) =>
      link.ask("embedRegion", { ...part, model }, { onWaiting }),
    );
    if (!done) return detail.note("");
    const n = `${done.nWindows} ${done.nWindows === 1 ? "window" : "windows"}`;
    const told = `embedded by ${done.model}: ${n}, cosine with the whole clip ${formatCosine(done.cosineWithClip)}`;
    detail.note(told);
    shell.announcer.say(told);
  }

  async function addRegion(): Promise<void> {
    const added = await withRegion((part) => link.ask("region", part));
    if (!added) return;
    selectClips(link, [...sharedSelection().clips.value, added.clip]);
    detail.note("in the selection: mulan.selection has it");
    shell.announcer.say("region added to the selection");
  }
}
