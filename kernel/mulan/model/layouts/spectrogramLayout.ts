import type { LogMelFrontEnd } from "../../audio/frontEnd.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { LayoutAnswers } from "./answers.ts";
import { soundInput } from "./classifyGraph.ts";
import type { SeenFolder } from "./seenFolder.ts";
import { audioGraphPart, type TowerGraphs, textPart } from "./towerParts.ts";

const DEFAULT_WINDOW_SEC = 10;
const DEFAULT_TEMPERATURE = 0.07;

/** A tower that hears a spectrogram which a person has described. @throws MulanError `model.tensor-shape` */
export function spectrogramTowers(
  seen: SeenFolder,
  graphs: TowerGraphs,
  frontEnd: LogMelFrontEnd,
  { windowSec }: LayoutAnswers,
): Pick<Manifest, "audio" | "text" | "temperature" | "temperatureOrigin"> {
  const input = soundInput(graphs.audio.outline.inputs)!;
  const lengthSamples = windowSamples(input, frontEnd, windowSec);
  return {
    temperature: DEFAULT_TEMPERATURE,
    temperatureOrigin: "assumed",
    audio: {
      ...audioGraphPart(graphs),
      input: { name: input.name, layout: axesOf(input, frontEnd) },
      frontEnd,
      windows: { lengthSamples, hopSamples: lengthSamples, padding: "zeros", lastWindow: "shift" },
      pooling: { windows: "mean", normalizeWindows: true, normalize: true },
    },
    text: textPart(seen, graphs, "masked"),
  };
}

type Axes = Manifest["audio"]["input"]["layout"];

/** Where the mel bands stand is seen by their number. */
function axesOf({ name, dims }: TensorInfo, { nMels }: LogMelFrontEnd): Axes {
  const channel: Axes = dims.length === 4 ? ["channel"] : [];
  const [rows, columns] = dims.slice(-2);
  if (columns === nMels || (typeof columns !== "number" && rows !== nMels)) {
    return ["batch", ...channel, "frame", "mel"];
  }
  if (rows === nMels) return ["batch", ...channel, "mel", "frame"];
  throw new MulanError("model.tensor-shape", "the front end has another number of mel bands", {
    expected: `${nMels} in the input "${name}", as the front end says`,
    got: `[${dims.join(", ")}]`,
  });
}

/** As many samples as fill the graph's frames, else what was answered. */
function windowSamples(
  { dims }: TensorInfo,
  { nMels, hopLength, center, windowLength, sampleRateHz }: LogMelFrontEnd,
  windowSec = DEFAULT_WINDOW_SEC,
): number {
  const frames = dims.slice(-2).find((dim) => typeof dim === "number" && dim !== nMels);
  if (typeof frames !== "number") return Math.round(windowSec * sampleRateHz);
  return center ? (frames - 1) * hopLength : (frames - 1) * hopLength + windowLength;
}
