import { decodeBase64, type SpectrogramData } from "../../kernel/mulan/figures/contract.ts";
import { html } from "../shared/dom.ts";
import { type SpectrogramView, spectrogramPixels } from "./spectrogramPixels.ts";

/** A spectrogram, or a piece of one, and where it lies in the clip. */
export interface SpectrogramTile {
  readonly data: SpectrogramData;
  readonly startSec: number;
}

/** Canvases under wavesurfer's cursor: the whole clip, and over it what zooming has fetched. */
export interface SpectrogramLayer {
  readonly element: HTMLElement;
  draw(
    tiles: readonly SpectrogramTile[],
    view: SpectrogramView,
    durationSec: number,
    heightPx: number,
  ): void;
}

export function createSpectrogramLayer(): SpectrogramLayer {
  const element = html("div", { class: "layer spectrogram" });
  const decoded = new WeakMap<SpectrogramData, Uint8Array>();
  const bytesOf = (data: SpectrogramData): Uint8Array => {
    const bytes = decoded.get(data) ?? decodeBase64(data.values);
    decoded.set(data, bytes);
    return bytes;
  };
  return {
    element,
    draw(tiles, view, durationSec, heightPx) {
      element.replaceChildren(
        ...tiles.map(({ data, startSec }) => {
          const canvas = document.createElement("canvas");
          const { width, height, rgba } = spectrogramPixels(
            data,
            bytesOf(data),
            view,
            Math.round(heightPx * devicePixelRatio),
          );
          canvas.width = width;
          canvas.height = height;
          canvas.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
          // The first frame is centred on the start: half of it lies before.
          const share = (sec: number): string => `${(100 * sec) / durationSec}%`;
          canvas.style.left = share(startSec - data.hopSec / 2);
          canvas.style.width = share(data.nFrames * data.hopSec);
          return canvas;
        }),
      );
    },
  };
}
