import { timeTicks } from "../../kernel/mulan/figures/contractLook.ts";
import { html } from "../shared/dom.ts";

/** Ticks and times below the picture, as wide as the zoomed picture. */
export function drawTimeAxis(
  element: HTMLElement,
  startSec: number,
  durationSec: number,
  widthPx: number,
): void {
  const ticks = timeTicks(startSec, durationSec, widthPx);
  element.replaceChildren(
    ...ticks.flatMap(({ value, label }) => {
      const share = (value - startSec) / durationSec;
      const tick = html("i");
      const at = `${100 * share}%`;
      tick.style.left = at;
      const place = share * widthPx < 16 ? "first" : widthPx * (1 - share) < 16 ? "last" : "";
      const name = html("span", { class: place }, label);
      name.style.left = at;
      return [tick, name];
    }),
  );
}
