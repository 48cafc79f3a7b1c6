import type { SupervisorOptions } from "../../kernel/session/index.ts";

/** The settings that an engine is started with; package.json describes them to the user. */
export interface EngineConfiguration {
  readonly nodePath: string;
  readonly ffmpegPath: string;
  readonly pythonPath: string;
  readonly defaultModel: string;
  readonly device: string;
  readonly outputLimitMb: number;
  readonly idleMinutes: number;
  readonly cacheSizeMb: number;
  readonly maxHeapMb: number;
  readonly storeAudio: boolean;
  readonly storeAudioSec: number;
}

/** Of the library too. */
const DEFAULT_IDLE_MINUTES = 10;
/** Characters of plain text are one byte each. */
const CHARS_PER_MB = 2 ** 20;

/** What a supervisor is told; an empty setting leaves the library's own default. */
export function engineOptions({
  ffmpegPath,
  pythonPath,
  defaultModel,
  device,
  outputLimitMb,
  idleMinutes,
  cacheSizeMb,
  maxHeapMb,
  storeAudio,
  storeAudioSec,
}: EngineConfiguration): Pick<
  SupervisorOptions,
  "env" | "outputLimitChars" | "maxHeapMb" | "storeAudioSec"
> {
  const env = {
    MULAN_FFMPEG: ffmpegPath,
    MULAN_PYTHON: pythonPath,
    MULAN_MODEL: defaultModel,
    MULAN_DEVICE: device === "auto" ? "" : device,
    MULAN_IDLE_MINUTES: idleMinutes === DEFAULT_IDLE_MINUTES ? "" : String(idleMinutes),
    MULAN_CACHE_MAX_MB: cacheSizeMb > 0 ? String(cacheSizeMb) : "",
  };
  return {
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")),
    outputLimitChars: outputLimitMb * CHARS_PER_MB,
    ...(maxHeapMb > 0 && { maxHeapMb }),
    ...(storeAudio && storeAudioSec > 0 && { storeAudioSec }),
  };
}
