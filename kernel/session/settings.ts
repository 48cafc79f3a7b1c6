/** What an engine is told at its start, in its environment. */
export interface EngineSettings {
  /** The notebook's path, whether or not there is such a file: imports and `import.meta` start from it. */
  readonly notebookPath: string;
  /** A run that prints more than this ends with an error. UTF-16 units. */
  readonly outputLimitChars: number;
  /** So much of a clip's sound is stored in its figure, in seconds; 0 for none. */
  readonly storeAudioSec: number;
}

const NAME = "MULAN_ENGINE_SETTINGS";

export function settingsToEnvironment(settings: EngineSettings): Record<string, string> {
  return { [NAME]: JSON.stringify(settings) };
}

/** Reads the settings and takes them out of the environment that cells see. */
export function takeSettings(): EngineSettings {
  const text = process.env[NAME];
  delete process.env[NAME];
  if (!text) throw new Error("an engine is started by a supervisor");
  return JSON.parse(text) as EngineSettings;
}
