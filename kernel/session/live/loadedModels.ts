import { MulanError } from "../../mulan/foundation/errors.ts";
import type { ModelDescription } from "../../mulan/model/describe.ts";
import type { JointModel } from "../../mulan/model/jointModel.ts";

/** The models that this engine has loaded, under the ids that figures carry. */
const loaded = new Map<string, JointModel>();

/** A model that is loaded again takes the place of its earlier self. */
export function rememberModel(model: JointModel): JointModel {
  loaded.delete(model.id);
  loaded.set(model.id, model);
  return model;
}

export function isLoaded(id: string): boolean {
  return loaded.has(id);
}

/** @throws MulanError `live.no-model` */
export function loadedModel(id: string): JointModel {
  const model = loaded.get(id);
  if (model) return model;
  throw new MulanError("live.no-model", `the model ${id} is not loaded`, {
    remedy: "Run the cell that loads it",
  });
}

/** The model that was loaded last. */
export function latestModel(): JointModel | undefined {
  return [...loaded.values()].at(-1);
}

export function describeLoaded(): ModelDescription[] {
  return [...loaded.values()].map((model) => model.describe());
}
