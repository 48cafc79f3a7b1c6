import { expect, it } from "vitest";
import { type EngineConfiguration, engineOptions } from "./engineOptions.ts";

const plain: EngineConfiguration = {
  nodePath: "",
  ffmpegPath: "",
  pythonPath: "",
  defaultModel: "",
  device: "auto",
  outputLimitMb: 16,
  idleMinutes: 10,
  cacheSizeMb: 0,
  maxHeapMb: 0,
  storeAudio: false,
  storeAudioSec: 30,
};

it("leaves the library's defaults where a setting says nothing", () => {
  expect(engineOptions(plain)).toEqual({ env: {}, outputLimitChars: 16 * 2 ** 20 });
});

it("tells an engine what the settings say", () => {
  const set = {
    ...plain,
    ffmpegPath: "/bin/ffmpeg",
    device: "cpu",
    idleMinutes: 0,
    cacheSizeMb: 9,
    maxHeapMb: 500,
  };
  expect(engineOptions(set)).toMatchObject({
    env: {
      MULAN_FFMPEG: "/bin/ffmpeg",
      MULAN_DEVICE: "cpu",
      MULAN_IDLE_MINUTES: "0",
      MULAN_CACHE_MAX_MB: "9",
    },
    maxHeapMb: 500,
  });
});

it("stores sound only when that is switched on", () => {
  expect(engineOptions({ ...plain, storeAudio: true })).toMatchObject({ storeAudioSec: 30 });
  expect(engineOptions({ ...plain, storeAudioSec: 60 })).not.toHaveProperty("storeAudioSec");
});
