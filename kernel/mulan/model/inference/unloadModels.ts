import { sharedInference } from "./inference.ts";

/**
 * Gives the memory of all loaded models back by ending the inference process. The models stay usable: the next use
 * starts the process and opens them again. Towers in a Python of yours and on servers stay as they are.
 * @returns resident bytes that the process held; 0 when none ran or the platform does not tell
 * @throws MulanError `model.busy` while something is being embedded
 */
export function unloadModels(): Promise<{ readonly freedBytes: number }> {
  return sharedInference().unload();
}
