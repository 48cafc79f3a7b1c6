import { inspect } from "node:util";
import type { ClipNamer } from "../../mulan/figures/items/clipId.ts";
import { isThenable } from "../../mulan/foundation/arguments.ts";
import type { Bundle } from "../protocol.ts";
import { isTable, tableBundle } from "./table.ts";

/** By Jupyter's convention for JavaScript, a value with this method shows itself. */
const DISPLAY = Symbol.for("Jupyter.display");

const MAX_STRING_CHARS = 10_000;

export interface DisplayOptions {
  /** Ends the decoding of a clip that is to be drawn. */
  readonly signal?: AbortSignal;
  readonly clipId?: ClipNamer;
  /** Of a clip's sound, stored in its figure; default none. */
  readonly storeAudioSec?: number;
}

/**
 * What a value looks like in a notebook; undefined for a value that shows nothing.
 * Plain values answer at once, figures and values that show themselves by a promise.
 */
export function displayValue(
  value: unknown,
  options: DisplayOptions = {},
): Bundle | undefined | Promise<Bundle | undefined> {
  if (value === undefined) return undefined;
  if (isThenable(value))
    return Promise.resolve(value).then((settled) => displayValue(settled, options));
  if (showsItself(value)) return askValue(value);
  if (mayBeFigure(value)) return figureOrPlain(value, options);
  return plainBundle(value);
}

function plainBundle(value: unknown): Bundle {
  return isTable(value) ? tableBundle(value) : { "text/plain": inspectPlain(value) };
}

/** A value in a few lines, with ANSI colours. */
export function inspectPlain(value: unknown): string {
  const options = {
    colors: true,
    maxStringLength: MAX_STRING_CHARS,
    maxArrayLength: 100,
    depth: 4,
  };
  return inspect(value, options);
}

async function figureOrPlain(value: object, options: DisplayOptions): Promise<Bundle> {
  const [{ toBundle }, { shownClips }, { shownReports }, { shownLosses }] = await Promise.all([
    import("../../mulan/figures/toBundle.ts"),
    import("../live/shownClips.ts"),
    import("../live/shownReports.ts"),
    import("../live/shownLosses.ts"),
  ]);
  const context = {
    clipId: shownClips.idOf,
    reportId: shownReports.idOf,
    lossId: shownLosses.idOf,
    ...options,
  };
  return (await toBundle(value, context)) ?? plainBundle(value);
}

/** Values of the library have a class of their own, or a `kind`; the figures room knows the rest. */
function mayBeFigure(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype) return "kind" in value;
  return prototype !== null && !ArrayBuffer.isView(value) && !BUILT_IN.has(prototype);
}

const BUILT_IN = new Set<unknown>(
  [Map, Set, Date, RegExp, Error, Promise, ArrayBuffer, WeakMap, WeakSet].map(
    (type) => type.prototype,
  ),
);

interface ShowsItself {
  [DISPLAY](): unknown;
}

function showsItself(value: unknown): value is ShowsItself {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    typeof (value as Partial<ShowsItself>)[DISPLAY] === "function"
  );
}

async function askValue(value: ShowsItself): Promise<Bundle> {
  return asBundle(await value[DISPLAY](), 'what a value\'s Symbol.for("Jupyter.display") answers');
}

/** @throws TypeError when this is not a mime bundle */
export function asBundle(value: unknown, what: string): Bundle {
  const isBundle =
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((mime) => mime.includes("/"));
  if (isBundle) return value as Bundle;
  throw new TypeError(
    `${what} must be an object from mime types to contents, such as {"text/plain": "…"}; got ${inspect(value, { depth: 0 })}`,
  );
}
