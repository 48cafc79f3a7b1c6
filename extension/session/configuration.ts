import { type ConfigurationScope, workspace } from "vscode";
import { CONFIGURATION } from "../ids.ts";
import type { EngineConfiguration } from "./engineOptions.ts";

/** Reads the settings as they are now; their defaults stand in package.json. */
export function readConfiguration(scope?: ConfigurationScope): EngineConfiguration {
  const settings = workspace.getConfiguration(CONFIGURATION, scope);
  return {
    nodePath: settings.get("nodePath", ""),
    ffmpegPath: settings.get("ffmpegPath", ""),
    pythonPath: settings.get("pythonPath", ""),
    defaultModel: settings.get("defaultModel", ""),
    device: settings.get("device", "auto"),
    outputLimitMb: settings.get("outputLimitMb", 16),
    idleMinutes: settings.get("idleMinutes", 10),
    cacheSizeMb: settings.get("cacheSizeMb", 0),
    maxHeapMb: settings.get("maxHeapMb", 0),
    storeAudio: settings.get("storeAudio", false),
    storeAudioSec: settings.get("storeAudioSec", 30),
  };
}
