import { expect, test } from "vitest";
import { clipFigure } from "./figure.ts";

const clip = {
  label: "half",
  tags: {},
  startSec: 0,
  durationSec: 1,
  sampleRateHz: 8000,
  nChannels: 1,
  samples: new Float32Array(8000).fill(0.5),
  showWaveform: true,
};

test("the first warning about a clip's file stands in its reading", () => {
  const warnings = ["the sound ends at 1.00 s, but the header promises 2.00 s", "another"];
  expect(clipFigure({ ...clip, warnings }, {}).reading).toMatch(
    /RMS .*; warning: the sound ends at 1.00 s, but the header promises 2.00 s$/,
  );
  expect(clipFigure({ ...clip, warnings: [] }, {}).reading).not.toMatch(/warning/);
});
