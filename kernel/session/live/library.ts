import { sendEvent } from "../output/eventPipe.ts";
import { rememberModel } from "./loadedModels.ts";
import { selection } from "./selection.ts";

/** The library as cells see it: its models can be asked by figures, and the notebook's selection is beside it. */
export async function libraryForCells(): Promise<Readonly<Record<string, unknown>>> {
  const library = await import("../../mulan/index.ts");
  const load: typeof library.load = async (...given) => rememberModel(await library.load(...given));
  selection.onChange((clips) => sendEvent({ type: "selection", clips: [...clips] }));
  return { ...library, load, selection };
}
