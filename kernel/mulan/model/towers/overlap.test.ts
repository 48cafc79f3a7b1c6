import { expect, test } from "vitest";
import type { Manifest } from "../manifest/manifest.ts";
import type { AudioSide } from "./audioTower.ts";
import { embedClips } from "./embedClips.ts";

const manifest = {
  dim: 1,
  audio: {
    frontEnd: { kind: "waveform", sampleRateHz: 8 },
    windows: { lengthSamples: 8, hopSamples: 8, padding: "zeros", lastWindow: "keep" },
  },
} as unknown as Manifest;

function clip(label: string, onDecode: () => void) {
  return {
    label,
    startSec: 0,
    durationSec: 1,
    contentHash: async () => label,
    resampled: async () => {
      onDecode();
      return new Float32Array(8).fill(0.5);
    },
  };
}

test("while the tower runs, later clips are decoded and their features made: a run that waits for them ends", async () => {
  const events: string[] = [];
  let meet: () => void = () => {};
  const othersReady = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const clips = ["a", "b", "c", "d", "e"].map((label) =>
    clip(label, () => events.push(`decode ${label}`)),
  );
  let nFeatures = 0;
  const tower: AudioSide = {
    features: (window) => {
      nFeatures += 1;
      events.push(`features ${nFeatures}`);
      if (nFeatures === 2 && events.includes("decode c")) meet();
      return { data: window, axes: { channel: 1, frame: 0, mel: 0, sample: window.length } };
    },
    async embed(windows) {
      // The first run ends when the second clip's features exist and the third clip is decoded, and not before.
      await othersReady;
      events.push("run ended");
      return { rows: new Float32Array(windows.length).fill(1), runMs: 1 };
    },
  };
  const rows = await embedClips(clips, {
    tower,
    manifest,
    identity: "x",
    cache: undefined,
    batchSize: 1,
    signal: undefined,
    onProgress: undefined,
  });
  expect(rows).toHaveLength(5);
  expect(events.indexOf("features 2")).toBeLessThan(events.indexOf("run ended"));
  expect(events.indexOf("decode c")).toBeLessThan(events.indexOf("run ended"));
});
