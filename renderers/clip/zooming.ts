import type { PlayerMedia } from "./playerMedia.ts";
import type { Stage } from "./stage.ts";

/** How near the clip is looked at: by keys, buttons and a wheel with Ctrl. */
export interface Zooming {
  /** Around the cursor, when it is in sight; else around the middle. */
  by(factor: number): void;
  /** The whole clip again. */
  reset(): void;
}

export interface ZoomingOptions {
  readonly stage: Stage;
  readonly media: PlayerMedia;
  onChange(): void;
}

export function createZooming({ stage, media, onChange }: ZoomingOptions): Zooming {
  const around = (factor: number, anchorSec: number): void => {
    stage.setZoom(stage.zoom * factor, anchorSec);
    onChange();
  };
  stage.element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      around(2 ** (-event.deltaY / 100), stage.secAt(event.clientX));
    },
    { passive: false },
  );
  return {
    by(factor) {
      const { startSec, endSec } = stage.visible;
      const at = media.currentTime;
      const inSight = at >= startSec && at <= endSec;
      around(factor, inSight ? at : (startSec + endSec) / 2);
    },
    reset() {
      stage.setZoom(1, 0);
      onChange();
    },
  };
}
