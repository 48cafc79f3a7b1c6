import { ambientProgress, ambientSignal } from "../foundation/ambient.ts";
import type { ModelDescription } from "./describe.ts";
import { assertHealthy, checkHealth } from "./health/checkHealth.ts";
import { JointModel } from "./jointModel.ts";
import type { LoadOptions } from "./loadOptions.ts";
import type { Towers } from "./towers/towers.ts";

/** What a call of `load` obeys and tells, its defaults filled in. */
export interface Loading {
  readonly signal: AbortSignal | undefined;
  /** Begins the next step. @throws AbortError */
  step(label: string): void;
  /** Progress within a step that takes long: bytes of a download. */
  readonly onProgress: LoadOptions["onProgress"];
}

const N_STEPS = 4;

export function startLoading(options: LoadOptions): Loading {
  const signal = options.signal ?? ambientSignal();
  const tell = options.onProgress ?? ambientProgress();
  let done = -1;
  return {
    signal,
    step(label) {
      signal?.throwIfAborted();
      done = Math.min(done + 1, N_STEPS);
      tell?.({ label: `loading the model: ${label}`, done, total: N_STEPS });
    },
    onProgress: tell,
  };
}

/**
 * The last steps of every way to load: the health check, then the model.
 * @param subject the folder, file or server, for messages
 * @throws MulanError `model.unhealthy`; what the towers throw; AbortError
 */
export async function finishLoading(
  towers: Towers,
  modelHash: string | undefined,
  subject: string,
  loading: Loading,
  options: LoadOptions,
  describe: (health: ModelDescription["health"]) => ModelDescription,
): Promise<JointModel> {
  try {
    loading.step("checking its health");
    const health = await checkHealth(towers, modelHash, loading.signal);
    if (!options.force) assertHealthy(health, subject);
    loading.step("done");
    return new JointModel(towers, describe(health));
  } catch (error) {
    await towers.release().catch(() => {});
    throw error;
  }
}
