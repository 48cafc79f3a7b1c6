import type { ReportItem } from "../../evaluation/report.ts";
import type { FigureContext } from "../context.ts";
import type { Items } from "../contract.ts";
import { makeItems } from "../items/items.ts";
import { displayWidth, shortenPlain } from "../plain/textTable.ts";
import { cleanText } from "../text/cleanText.ts";

/** File names of music run to 80 characters; what is longer is cut in the middle. */
const widest = 96;
const narrowest = 24;
/** Id, quotes and commas of a clip in JSON. */
const bytesBeside = 30;

/** Gives items a place in the figure's clips as rows name them: each stands there once. */
export class ClipTable {
  readonly #places = new Map<number, number>();
  readonly #items: readonly ReportItem[];

  constructor(items: readonly ReportItem[]) {
    this.#items = items;
  }

  /** @param item place in the report's items */
  placeOf(item: number): number {
    const known = this.#places.get(item);
    if (known !== undefined) return known;
    this.#places.set(item, this.#places.size);
    return this.#places.size - 1;
  }

  /** Items in the order of their places. */
  get items(): number[] {
    return [...this.#places.keys()];
  }

  /** Bytes that the table will take in JSON, about. */
  get cost(): number {
    return this.#labels(widest).reduce(
      (sum, label) => sum + bytesBeside + Buffer.byteLength(label),
      0,
    );
  }

  /** Names the clips to the engine: from now on they can be heard. Names are cut until the table fits. */
  toItems(context: FigureContext, mostBytes: number): Items {
    const items = this.items;
    let labels = this.#labels(widest);
    const bytes = labels.reduce((sum, label) => sum + Buffer.byteLength(label), 0);
    const room = mostBytes - bytesBeside * items.length;
    if (bytes > room) {
      const cells = labels.reduce((sum, label) => sum + displayWidth(label), 0);
      const each = Math.floor((room * cells) / bytes / items.length);
      labels = this.#labels(Math.max(narrowest, each));
    }
    const sources = items.map((item) => this.#items[item]!.source);
    return makeItems(labels, "audio", sources, context.clipId);
  }

  #labels(cells: number): string[] {
    return this.items.map((item) => shortenPlain(cleanText(this.#items[item]!.label), cells));
  }
}
