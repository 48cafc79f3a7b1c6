import { type ClipFigure, encodeInt8, encodeUint8 } from "../../kernel/mulan/figures/contract.ts";
import type { LiveName, LiveRequests } from "../../kernel/mulan/figures/contractLive.ts";
import { clipOf, randomNumbers } from "../../kernel/mulan/figures/figures.testkit.ts";
import type { TestKernel } from "./bed.ts";

/** A figure of swelling noise: its spectrogram is hard, its waveform easy to tell from a blank. */
export function swellingClip(shape: Partial<Parameters<typeof clipOf>[0]> = {}): ClipFigure {
  return clipOf({ durationSec: 12, label: "swell", ...shape }) as ClipFigure;
}

/** A request that a kernel was asked. */
export interface Asked {
  readonly name: string;
  readonly params: Record<string, unknown>;
}

/** What was asked under this name. */
export function named(asked: readonly Asked[], name: string): Record<string, unknown>[] {
  return asked.filter((request) => request.name === name).map(({ params }) => params);
}

type Params<N extends LiveName> = LiveRequests[N]["params"];

/** Answers for one clip of 12 s like an engine whose model cuts 5-s windows; tells what it was asked. */
export function clipKernel(asked: Asked[] = []): TestKernel {
  const rate = 8000;
  const tone = (sec: number): string => {
    const samples = new Int16Array(Math.round(sec * rate));
    samples.forEach((_, i) => {
      samples[i] = 8000 * Math.sin((2 * Math.PI * 440 * i) / rate);
    });
    return Buffer.from(samples.buffer).toString("base64");
  };
  const answers: { [N in LiveName]?: (params: Params<N>) => LiveRequests[N]["reply"] } = {
    known: () => ({ clips: true, model: true }),
    audio: ({ startSec, durationSec }) => {
      const sec = Math.max(0, Math.min(durationSec, 12 - startSec));
      const channels = [tone(sec), tone(sec)];
      return { sampleRateHz: rate, channels, limit: 1, startSec, durationSec: sec };
    },
    windows: () => ({
      model: "mulan-mini@1.0.0",
      startSec: [0, 5, 10],
      durationSec: [5, 5, 2],
      windowSec: 5,
      sampleRateHz: 16_000,
      padding: "repeat",
    }),
    windowAudio: () => ({
      sampleRateHz: rate,
      channels: [tone(5)],
      limit: 1,
      startSec: 0,
      durationSec: 5,
    }),
    clipDetail: ({ startSec, durationSec, model }) => {
      const random = randomNumbers(7);
      const n = 600;
      const peaks = Float32Array.from({ length: 2 * n }, (_, i) => (i % 2 ? 0.5 : -0.5) * random());
      const nMels = model ? 96 : 128;
      const cells = Float32Array.from({ length: 300 * nMels }, () => -80 * random());
      return {
        model,
        startSec,
        durationSec,
        waveform: { peaks: encodeInt8(peaks, 1), n, peakLimit: 1, peakDb: -6, rmsDb: -20 },
        spectrogram: {
          values: encodeUint8(cells, -80, 0),
          nFrames: 300,
          nMels,
          hopSec: durationSec / 300,
          fMinHz: 0,
          fMaxHz: model ? 8000 : 16_000,
          melScale: "slaney",
          dbMin: -80,
          dbMax: 0,
        },
      };
    },
    region: ({ startSec }) => ({ clip: `region-${startSec.toFixed(1)}`, label: "swell, a part" }),
    embedRegion: ({ startSec }) => ({
      clip: `region-${startSec.toFixed(1)}`,
      label: "swell, a part",
      model: "mulan-mini@1.0.0",
      dim: 128,
      nWindows: 1,
      cosineWithClip: 0.934,
    }),
    select: ({ clips }) => ({ clips }),
  };
  return (name, params) => {
    asked.push({ name, params });
    const answer = answers[name as LiveName] as ((params: unknown) => unknown) | undefined;
    if (!answer) throw new Error(`no answer to ${name}`);
    return answer(params);
  };
}
