import WaveSurfer from "wavesurfer.js";
import RegionsPlugin, { type Region } from "wavesurfer.js/dist/plugins/regions.js";
import { decodeInt8, type WaveformData } from "../../kernel/mulan/figures/contract.ts";
import { html } from "../shared/dom.ts";
import type { ClipLayout } from "./layout.ts";
import type { PlayerMedia, Stretch } from "./playerMedia.ts";
import { stageStyle } from "./stageStyle.ts";

export interface StageOptions {
  readonly durationSec: number;
  readonly waveform: WaveformData | null;
  readonly media: PlayerMedia;
  /** Put into the scrolled picture from top to bottom: they share cursor, zoom and scroll. */
  readonly layers: {
    readonly waveDetail: HTMLElement;
    readonly spectrogram: HTMLElement;
    readonly windows: HTMLElement;
    readonly axis: HTMLElement;
  };
  /** The region was drawn, moved or taken away. */
  onRegion(region: Stretch | undefined): void;
  /** Scrolled, zoomed or resized. */
  onView(): void;
  signal: AbortSignal;
}

export interface StageLook {
  readonly wave: string;
  readonly cursor: string;
  readonly region: string;
  readonly scrollbar: string;
  /** Amplitude at the edge of the waveform. */
  readonly limit: number;
}

/** Wavesurfer with our layers inside: it owns waveform, cursor, zoom, scroll and regions. */
export interface Stage {
  readonly element: HTMLElement;
  readonly zoom: number;
  /** Clip seconds that are in sight. */
  readonly visible: Stretch;
  layout(layout: ClipLayout, look: StageLook): void;
  /** @param anchorSec stays where it is */
  setZoom(zoom: number, anchorSec: number): void;
  setRegion(region: Stretch | undefined): void;
  /** Regions may be dragged only where something can be done with them. */
  setRegionsAllowed(allowed: boolean): void;
  secAt(clientX: number): number;
}

/** Px of the scrolled picture beyond which wavesurfer's many canvases become slow. */
const maxPicturePx = 200_000;
export const maxZoom = 64;

export function createStage(options: StageOptions): Stage {
  const { durationSec, waveform, media, layers, signal } = options;
  const element = html("div", { class: "stage" });
  const regions = RegionsPlugin.create();
  const wave = WaveSurfer.create({
    container: element,
    peaks: peaksOf(waveform),
    duration: durationSec,
    // The interface of a media element as far as wavesurfer uses it.
    media: media as unknown as HTMLMediaElement,
    normalize: true,
    maxPeak: 1,
    cursorWidth: 2,
    height: 1,
    autoScroll: true,
    plugins: [regions],
  });
  const wrapper = wave.getWrapper();
  const root = wrapper.getRootNode() as ShadowRoot;
  root.adoptedStyleSheets = [stageStyle()];
  wrapper.append(layers.waveDetail, layers.spectrogram, layers.windows, layers.axis);
  const scroller = wrapper.parentElement!;
  // Always there, thin and without a track: when zooming begins nothing below moves.
  scroller.style.overflowX = "scroll";
  scroller.style.scrollbarWidth = "thin";

  let current: ClipLayout | undefined;
  let look: StageLook | undefined;
  let zoom = 1;
  let ready = false;
  let region: Region | undefined;
  let endDragging: (() => void) | undefined;
  let regionsAllowed = false;

  wave.on("ready", () => {
    ready = true;
    applyZoom();
    if (regionsAllowed) allowDragging();
  });
  wave.on("scroll", () => options.onView());
  regions.on("region-created", (created) => {
    if (region && region !== created) region.remove();
    region = created;
    tellRegion();
  });
  regions.on("region-updated", tellRegion);
  regions.on("region-clicked", (_, event) => {
    // Wavesurfer hears the click as well and seeks: a click inside a region is one into the clip.
    event.preventDefault();
  });
  signal.addEventListener("abort", () => wave.destroy());

  function tellRegion(): void {
    options.onRegion(region && { startSec: region.start, endSec: region.end });
  }

  function applyZoom(): void {
    if (!ready || !current) return;
    const most = Math.min(maxZoom, maxPicturePx / current.plotWidth);
    zoom = Math.min(most, Math.max(1, zoom));
    wave.zoom(zoom === 1 ? 0 : (zoom * current.plotWidth) / durationSec);
  }

  function allowDragging(): void {
    endDragging?.();
    endDragging = regions.enableDragSelection(
      { color: look?.region ?? "transparent", minLength: 0.05 },
      4,
    );
  }

  return {
    element,
    get zoom() {
      return zoom;
    },
    get visible() {
      const pxPerSec = ((current?.plotWidth ?? 1) * zoom) / durationSec;
      const startSec = wave.getScroll() / pxPerSec;
      const endSec = startSec + (current?.plotWidth ?? 1) / pxPerSec;
      return { startSec, endSec: Math.min(durationSec, endSec) };
    },
    layout(layout, nextLook) {
      const widthChanged = current?.plotWidth !== layout.plotWidth;
      current = layout;
      look = nextLook;
      element.style.width = `${layout.plotWidth}px`;
      place(layers.waveDetail, layout.waveTop, layout.waveHeight);
      place(layers.spectrogram, layout.spectrogramTop, layout.spectrogramHeight);
      place(layers.windows, layout.windowsTop, layout.axisTop - layout.windowsTop);
      place(layers.axis, layout.axisTop, layout.height - layout.axisTop);
      wrapper.style.height = `${layout.height}px`;
      scroller.style.scrollbarColor = `${nextLook.scrollbar} transparent`;
      wave.setOptions({
        height: Math.max(1, layout.waveHeight),
        waveColor: layout.waveHeight > 0 ? nextLook.wave : "transparent",
        progressColor: layout.waveHeight > 0 ? nextLook.wave : "transparent",
        cursorColor: nextLook.cursor,
        maxPeak: nextLook.limit,
      });
      const picture = `${layout.windowsTop - 4}px`;
      for (const part of ["cursor", "regions-container"]) {
        const found = root.querySelector<HTMLElement>(`[part="${part}"]`);
        if (found) found.style.height = picture;
      }
      region?.setOptions({ color: nextLook.region });
      if (ready && regionsAllowed) allowDragging();
      if (widthChanged) applyZoom();
    },
    setZoom(next, anchorSec) {
      if (!current) return;
      const before = zoom;
      const pxBefore = (anchorSec / durationSec) * current.plotWidth * before - wave.getScroll();
      zoom = next;
      applyZoom();
      wave.setScroll((anchorSec / durationSec) * current.plotWidth * zoom - pxBefore);
      options.onView();
    },
    setRegion(next) {
      if (!next) {
        region?.remove();
        region = undefined;
        tellRegion();
      } else if (region) {
        region.setOptions({ start: next.startSec, end: next.endSec });
        tellRegion();
      } else {
        regions.addRegion({
          start: next.startSec,
          end: next.endSec,
          color: look?.region ?? "transparent",
          minLength: 0.05,
        });
      }
    },
    setRegionsAllowed(allowed) {
      regionsAllowed = allowed;
      if (allowed && ready) allowDragging();
      else if (!allowed) endDragging?.();
    },
    secAt(clientX) {
      const box = wrapper.getBoundingClientRect();
      const share = (clientX - box.left) / Math.max(1, box.width);
      return durationSec * Math.min(1, Math.max(0, share));
    },
  };
}

function place(layer: HTMLElement, top: number, height: number): void {
  layer.style.top = `${top}px`;
  layer.style.height = `${height}px`;
}

/** Wavesurfer draws one channel upwards and one downwards: the highest and the lowest samples. */
function peaksOf(waveform: WaveformData | null): [Float32Array, Float32Array] {
  if (!waveform || waveform.n === 0) return [new Float32Array(2), new Float32Array(2)];
  const peaks = decodeInt8(waveform.peaks, waveform.peakLimit);
  const { n } = waveform;
  const high = Float32Array.from({ length: n }, (_, i) => Math.max(0, peaks[2 * i + 1]!));
  const low = Float32Array.from({ length: n }, (_, i) => Math.min(0, peaks[2 * i]!));
  return [high, low];
}
