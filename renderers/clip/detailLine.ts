import { formatTime } from "../../kernel/mulan/figures/contractLook.ts";
import { html } from "../shared/dom.ts";
import { button } from "../shared/shell/controls.ts";
import type { Stretch } from "./playerMedia.ts";

export interface RegionActions {
  onPlay(): void;
  onEmbed(): void;
  onAdd(): void;
  onRemove(): void;
}

/** The line below the picture: what the pointer reads, or the region and what can be done with it. */
export interface DetailLine {
  readonly element: HTMLElement;
  read(text: string): void;
  /** @param hint shown while there is neither a region nor a reading */
  setHint(hint: string): void;
  setRegion(region: Stretch | undefined, clipStartSec: number): void;
  /** What became of an action. */
  note(text: string): void;
  setCanEmbed(can: boolean): void;
  /** An engine answers: a region can be put into the selection. */
  setLive(live: boolean): void;
}

export function createDetailLine(actions: RegionActions): DetailLine {
  const reading = html("span", { class: "detail-reading quiet" });
  const name = html("span");
  const told = html("span", { class: "quiet", role: "status" });
  const embed = button({
    label: "Embed region",
    text: "Embed",
    key: "E",
    onPress: actions.onEmbed,
  });
  const add = button({
    label: "Add region to selection",
    text: "Add to selection",
    key: "A",
    onPress: actions.onAdd,
  });
  const region = html(
    "span",
    { class: "detail-region", role: "group", "aria-label": "Region" },
    name,
    button({ label: "Play region", text: "Play", key: "R", onPress: actions.onPlay }).element,
    embed.element,
    add.element,
    button({ label: "Remove region", text: "×", key: "Delete", onPress: actions.onRemove }).element,
    told,
  );
  const element = html("div", { class: "detail" }, region, reading);
  let hint = "";
  let canEmbed = true;
  let live = true;
  let text = "";
  const show = (): void => {
    reading.textContent = text || (region.hidden ? hint : "");
  };
  region.hidden = true;
  return {
    element,
    read(next) {
      text = next;
      show();
    },
    setHint(next) {
      hint = next;
      show();
    },
    setRegion(next, clipStartSec) {
      region.hidden = next === undefined;
      told.textContent = "";
      if (next) {
        const from = formatTime(clipStartSec + next.startSec);
        name.textContent = `${from}–${formatTime(clipStartSec + next.endSec)}`;
      }
      show();
    },
    note(next) {
      told.textContent = next;
    },
    setCanEmbed(can) {
      canEmbed = can;
      embed.element.hidden = !(can && live);
    },
    setLive(next) {
      live = next;
      add.element.hidden = !live;
      embed.element.hidden = !(canEmbed && live);
    },
  };
}

export const detailStyle = `
.detail { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; min-height: 24px; font-size: 11px; line-height: 16px; }
.detail-region { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.detail-region[hidden], .detail button[hidden] { display: none; }
.detail button { height: 20px; line-height: 16px; font-size: 11px; }
`;
