import { MulanError } from "../../foundation/errors.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { LayoutAnswers } from "./answers.ts";
import { isWaveform, soundInput } from "./classifyGraph.ts";
import { towerFiles } from "./graphNames.ts";
import type { SeenFolder } from "./seenFolder.ts";
import { audioGraphPart, type TowerGraphs, textPart } from "./towerParts.ts";

/** What MuQ-MuLan hears; other waveform towers must say it themselves. */
const MUQ = { sampleRateHz: 24_000, clipSec: 10, temperature: 0.07, maxTokens: 514 };

/** A tower that hears samples: MuQ-MuLan's exports with the mel inside, or with a graph of its own before the tower. */
export function isWave({ audio, mel }: TowerGraphs): boolean {
  return mel !== undefined || isWaveform(soundInput(audio.outline.inputs)!);
}

/** @throws MulanError `model.layout` when nothing says the sample rate; `model.tokenizer` */
export function waveTowers(
  seen: SeenFolder,
  graphs: TowerGraphs,
  answers: LayoutAnswers = {},
): Pick<Manifest, "audio" | "text" | "temperature" | "temperatureOrigin"> {
  const first = graphs.mel ?? graphs.audio;
  const input = soundInput(first.outline.inputs)!;
  const sampleRateHz = answers.sampleRateHz ?? rateOf(seen, input);
  const length = input.dims.at(-1);
  const clipSec =
    answers.windowSec ?? seen.notes.clip_seconds ?? seen.notes.clip_secs ?? MUQ.clipSec;
  const lengthSamples = typeof length === "number" ? length : Math.round(sampleRateHz * clipSec);
  const heard = {
    name: input.name,
    layout: waveAxes(input),
  };
  return {
    temperature: seen.notes.temperature ?? MUQ.temperature,
    ...(seen.notes.temperature === undefined && { temperatureOrigin: "assumed" as const }),
    audio: {
      ...audioGraphPart(graphs),
      ...(graphs.mel
        ? { input: { name: soundInput(graphs.audio.outline.inputs)!.name, layout: heard.layout } }
        : { input: heard }),
      ...(graphs.mel && {
        melGraph: {
          file: towerFiles(graphs.mel, "fp32").file,
          input: { name: input.name },
          output: { name: framesOutput(graphs.mel.outline.outputs).name },
        },
      }),
      frontEnd: { kind: "waveform", sampleRateHz },
      // MuQ-MuLan's own rules: ten seconds after ten, the last filled up with the track's start, vectors averaged
      // and the mean left as long as it comes out.
      windows: { lengthSamples, hopSamples: lengthSamples, padding: "wrap", lastWindow: "pad" },
      pooling: { windows: "mean", normalizeWindows: true, normalize: false },
    },
    // Its text tower averages over padding too: a text must stand alone.
    text: textPart(seen, graphs, "single"),
  };
}

function waveAxes({ dims }: TensorInfo): ("batch" | "channel" | "sample")[] {
  return dims.length === 3 ? ["batch", "channel", "sample"] : ["batch", "sample"];
}

function framesOutput(outputs: readonly TensorInfo[]): TensorInfo {
  return outputs.find(({ dims }) => dims.length >= 3) ?? outputs[0]!;
}

function rateOf(seen: SeenFolder, input: TensorInfo): number {
  const known = knownRate(seen, input);
  if (known !== undefined) return known;
  throw new MulanError("model.layout", "nothing says at which sample rate this model hears", {
    subject: seen.folder,
    expected: '"sample_rate" in manifest.json or config.json, as MuQ-MuLan exports have it',
    got: `the input ${input.name} [${input.dims.join(", ")}]`,
    remedy: "Run `mulan models add <folder>`, which asks for what it cannot see",
  });
}

/** Written beside the graphs, or MuQ's: by its window of 240,000 samples or by its name. */
export function knownRate(
  { notes, preprocessor, id, names }: SeenFolder,
  input: TensorInfo,
): number | undefined {
  const said = notes.sample_rate ?? notes.sampling_rate ?? notes.sr ?? preprocessor?.sampling_rate;
  if (said !== undefined) return said;
  const isMuq = [id, ...names].some((name) => /muq|mulan/i.test(name));
  return isMuq || input.dims.at(-1) === MUQ.sampleRateHz * MUQ.clipSec
    ? MUQ.sampleRateHz
    : undefined;
}
