import { html } from "../shared/dom.ts";
import { button, select, slider, toggle } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { type ClipView, rates } from "./clipView.ts";
import { type ColourMapName, colourMaps } from "./colourMaps.ts";
import { axisKinds } from "./frequencyAxis.ts";

export interface ControlEvents {
  onPlay(): void;
  onZoom(factor: number): void;
  onResetZoom(): void;
  /** Something of the view was set. */
  onView(change: Partial<ClipView>): void;
  onSelect(): void;
}

export interface ClipControls {
  setPlaying(playing: boolean): void;
  setLoop(loop: boolean): void;
  setRate(rate: number): void;
  setSelected(selected: boolean): void;
  setAsModel(on: boolean): void;
  /** A model is loaded: its view may be chosen. */
  setModel(model: string | null): void;
}

interface Has {
  readonly waveform: boolean;
  readonly spectrogram: boolean;
}

/** Sound first, then zoom, then how the picture is drawn. */
export function addClipControls(
  shell: FigureShell,
  view: ClipView,
  has: Has,
  events: ControlEvents,
): ClipControls {
  const { onView } = events;
  const play = button({
    label: "Play",
    text: "▶",
    key: "Space",
    live: "sound",
    onPress: events.onPlay,
  });
  play.element.classList.add("icon");
  const loop = toggle({
    label: "Loop",
    key: "L",
    live: "sound",
    on: view.loop,
    onChange: (on) => onView({ loop: on }),
  });
  const rate = select({
    label: "Speed, as on a tape: pitch changes with it",
    key: ", .",
    live: "sound",
    value: String(view.rate),
    options: rates.map((each) => ({ value: String(each), label: `${each}× tape` })),
    onChange: (value) => onView({ rate: Number(value) }),
  });
  const zoomOut = button({
    label: "Zoom out",
    text: "−",
    key: "−",
    onPress: () => events.onZoom(0.5),
  });
  const zoomIn = button({ label: "Zoom in", text: "+", key: "+", onPress: () => events.onZoom(2) });
  for (const { element } of [zoomIn, zoomOut]) element.classList.add("icon");
  const zoom = {
    element: html("span", { class: "control" }, zoomOut.element, zoomIn.element),
    live: false,
  };
  const asModel = toggle({
    label: "Spectrogram as the model sees it",
    text: "Model’s view",
    key: "M",
    on: view.asModel,
    live: true,
    onChange: (on) => onView({ asModel: on }),
  });
  const selected = toggle({
    label: "In the selection",
    key: "Enter",
    live: true,
    on: false,
    onChange: events.onSelect,
  });
  const axis = select({
    label: "Frequency axis",
    value: view.axis,
    options: axisKinds.map((value) => ({ value, label: `${value} axis` })),
    onChange: (value) => onView({ axis: value }),
  });
  const colours = select({
    label: "Colours",
    value: view.colours,
    options: (Object.keys(colourMaps) as ColourMapName[]).map((value) => ({ value, label: value })),
    onChange: (value) => onView({ colours: value }),
  });
  const rangeDb = slider({
    label: "Range",
    min: 20,
    max: 80,
    step: 5,
    value: view.rangeDb,
    format: (value) => `${value} dB`,
    onInput: (value) => onView({ rangeDb: value }),
  });
  const gain = slider({
    label: "Amplitude",
    min: 0,
    max: 5,
    step: 0.5,
    value: Math.log2(view.gain),
    format: (value) => `× ${Number((2 ** value).toPrecision(2))}`,
    onInput: (value) => onView({ gain: 2 ** value }),
  });
  shell.controls.add(
    play,
    loop,
    rate,
    ...(has.spectrogram ? [asModel] : []),
    zoom,
    ...(has.spectrogram ? [axis, colours, rangeDb] : []),
    ...(has.waveform ? [gain] : []),
    selected,
  );
  return {
    setPlaying(playing) {
      play.element.textContent = playing ? "❚❚" : "▶";
      play.element.setAttribute("aria-label", playing ? "Pause" : "Play");
      play.element.title = `${playing ? "Pause" : "Play"} (Space)`;
    },
    setLoop: (on) => loop.set(on),
    setRate: (value) => rate.set(String(value)),
    setSelected: (on) => selected.set(on),
    setAsModel: (on) => asModel.set(on),
    setModel(model) {
      asModel.element.hidden = model === null;
      if (model) asModel.element.title = `Spectrogram as ${model} sees it (M)`;
    },
  };
}
