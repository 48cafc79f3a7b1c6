import { assertIdle } from "./inference/assertIdle.ts";
import { sharedInference } from "./inference/inference.ts";
import { pythonHosts } from "./python/pythonHost.ts";

export interface Unloaded {
  /** Resident bytes that the processes held; 0 where the platform does not tell. */
  readonly freedBytes: number;
  /** The processes that were ended: "inference process", "Python of tower.py". */
  readonly ended: readonly string[];
}

/**
 * Gives the memory of all loaded models back by ending the processes that hold them: the inference process and those
 * of Python towers. The models stay usable: the next use starts the process and opens them again; a tower's file runs
 * anew then. Models on servers hold nothing here.
 * @returns what was ended; nothing when no process ran
 * @throws MulanError `model.busy` while something is being embedded; then nothing is ended
 */
export async function unloadModels(): Promise<Unloaded> {
  const processes = [sharedInference(), ...pythonHosts()];
  for (const one of processes) assertIdle(one);
  const ended = processes.filter(({ pid }) => pid !== undefined).map(({ name }) => name);
  const unloaded = await Promise.all(processes.map((one) => one.unload()));
  return { freedBytes: unloaded.reduce((sum, { freedBytes }) => sum + freedBytes, 0), ended };
}
