import { afterAll, beforeAll } from "vitest";
import type { JointModel } from "../../kernel/mulan/model/jointModel.ts";
import { load } from "../../kernel/mulan/model/load.ts";
import { useOwnCacheFolder } from "./models.ts";

/** The model that the package ships, open on the CPU for a whole test file, with a cache of its own. */
export function useEmbeddedModel(): { readonly model: JointModel } {
  let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
  let opened: JointModel | undefined;
  beforeAll(async () => {
    ownCache = await useOwnCacheFolder();
    opened = await load(undefined, { device: "cpu" });
  });
  afterAll(async () => {
    await opened?.dispose();
    await ownCache[Symbol.asyncDispose]();
  });
  return {
    get model() {
      if (!opened) throw new Error("the model opens before the first test");
      return opened;
    },
  };
}
