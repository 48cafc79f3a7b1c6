import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { ModelCopy } from "./models.ts";

export const LAYOUTS = join(packageRoot, "test/fixtures/models/layouts");
/** Graphs of test/reference/precision_fixtures.py, for folders in CLAP's layout. */
export const PRECISIONS = join(packageRoot, "test/fixtures/models/precisions");

/** A folder in CLAP's layout whose towers are files of `PRECISIONS`: nothing but these lies under onnx/. */
export async function clapWith(...graphs: readonly string[]): Promise<ModelCopy> {
  const copy = await ModelCopy.of(join(LAYOUTS, "clap"));
  for (const name of await readdir(copy.path("onnx"))) await copy.remove(join("onnx", name));
  for (const name of graphs) await cp(join(PRECISIONS, name), copy.path(join("onnx", name)));
  return copy;
}

/** The same three sounds as test/reference/layout_fixtures.py makes: noise, a chord with a beat, a short sweep. */
export function madeSounds(rate: number): Float32Array[] {
  let state = 1;
  const noise = Float32Array.from({ length: rate * 10 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 31 - 1) * 0.3;
  });
  const chord = Float32Array.from({ length: rate * 10 }, (_, i) => {
    const sec = i / rate;
    const sum = [220, 277.2, 329.6].reduce((all, hz) => all + Math.sin(2 * Math.PI * hz * sec), 0);
    return sum * (0.05 + 0.1 * (sec % 0.5 < 0.2 ? 1 : 0));
  });
  const sweep = Float32Array.from({ length: Math.trunc(rate * 3.3) }, (_, i) => {
    const sec = i / rate;
    return 0.3 * Math.sin(2 * Math.PI * (100 * sec + 200 * sec ** 2));
  });
  return [noise, chord, sweep];
}
