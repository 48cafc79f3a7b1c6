import { join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { isWaveform, soundInput } from "./classifyGraph.ts";
import { type Preprocessor, preprocessorSchema } from "./modelFiles.ts";
import type { SeenFolder } from "./seenFolder.ts";
import { audioGraphPart, type TowerGraphs, textPart } from "./towerParts.ts";

/** What CLAP's training usually starts from. */
const CLAP_TEMPERATURE = 0.07;

/** Hugging Face CLAP, or bare graphs that hear what CLAP hears: `[batch, 1, 1001, 64]`. */
export function isClap({ config, preprocessor }: SeenFolder, { audio, mel }: TowerGraphs): boolean {
  const input = soundInput(audio.outline.inputs)!;
  if (mel || isWaveform(input)) return false;
  const byName =
    config?.model_type === "clap" ||
    preprocessor?.feature_extractor_type === "ClapFeatureExtractor";
  const [, channels, frames, mels] = input.dims;
  return byName || (channels === 1 && frames === 1001 && mels === 64);
}

/** @throws MulanError `model.fused`, `model.config`, `model.tokenizer` */
export function clapTowers(
  seen: SeenFolder,
  graphs: TowerGraphs,
): Pick<Manifest, "audio" | "text" | "temperature" | "temperatureOrigin"> {
  refuseFusion(seen, graphs);
  const preprocessor = seen.preprocessor ?? preprocessorSchema.parse({ frequency_min: 50 });
  checkRates(seen.folder, preprocessor);
  const lengthSamples = windowSamples(preprocessor);
  const { name, dims } = soundInput(graphs.audio.outline.inputs)!;
  checkShape(seen, name, dims, preprocessor);
  const scale = seen.config?.logit_scale_init_value;
  return {
    // The learned one lies among the weights; measureTemperature looks for it.
    temperature: scale ? 1 / scale : CLAP_TEMPERATURE,
    temperatureOrigin: scale ? "initial" : "assumed",
    audio: {
      ...audioGraphPart(graphs),
      input: {
        name,
        layout:
          dims.length === 4 ? ["batch", "channel", "frame", "mel"] : ["batch", "frame", "mel"],
      },
      frontEnd: frontEnd(preprocessor),
      // "rand_trunc" hears ten seconds at random: here all of them in turn, so that a file has one embedding.
      windows: {
        lengthSamples,
        hopSamples: lengthSamples,
        padding: paddingOf(seen.folder, preprocessor),
        lastWindow: "shift",
      },
      pooling: { windows: "mean", normalizeWindows: true, normalize: true },
    },
    text: textPart(seen, graphs, "masked"),
  };
}

/** What transformers' ClapFeatureExtractor computes for unfused checkpoints: Slaney's mel scale and norm, decibels. */
function frontEnd(preprocessor: Preprocessor): Manifest["audio"]["frontEnd"] {
  const { fft_window_size, hop_length, feature_size, frequency_min, frequency_max } = preprocessor;
  return {
    kind: "logMel",
    sampleRateHz: preprocessor.sampling_rate,
    nFft: fft_window_size,
    windowLength: fft_window_size,
    hopLength: hop_length,
    window: "hann",
    nMels: feature_size,
    fMinHz: frequency_min,
    fMaxHz: frequency_max,
    melScale: "slaney",
    norm: "slaney",
    power: 2,
    center: true,
    padMode: "reflect",
    removeDcOffset: false,
    preEmphasis: 0,
    inputScale: 1,
    log: { kind: "db", amin: 1e-10, ref: 1, topDb: preprocessor.top_db ?? null },
  };
}

function windowSamples({ sampling_rate, max_length_s, nb_max_samples }: Preprocessor): number {
  return nb_max_samples ?? Math.round(sampling_rate * max_length_s);
}

function refuseFusion({ folder, config, preprocessor }: SeenFolder, { audio }: TowerGraphs): void {
  const wants = [
    config?.audio_config?.enable_fusion === true && '"enable_fusion": true in config.json',
    preprocessor?.truncation === "fusion" && '"truncation": "fusion" in preprocessor_config.json',
    audio.outline.inputs.some(({ name }) => name === "is_longer") &&
      "the input is_longer in the graph",
  ].filter((reason) => reason !== false);
  if (wants.length === 0) return;
  throw new MulanError("model.fused", "fused CLAP checkpoints are not supported", {
    subject: folder,
    expected: "an unfused checkpoint, which hears windows of ten seconds",
    got: wants.join(", "),
    remedy:
      "Take an unfused one, for example laion/clap-htsat-unfused or laion/larger_clap_general; fusion mixes four views of a long recording, three of them at random places",
  });
}

/** A rate that was changed in one place only would shift every pitch without a word. */
function checkRates(folder: string, preprocessor: Preprocessor): void {
  const { sampling_rate, max_length_s, nb_max_samples, frequency_max } = preprocessor;
  const wrong = (expected: string, got: string) =>
    new MulanError("model.config", "the sample rate does not fit the other fields", {
      subject: join(folder, "preprocessor_config.json"),
      expected,
      got,
      remedy:
        "Take preprocessor_config.json from the checkpoint that the graphs were exported from",
    });
  if (nb_max_samples !== undefined && nb_max_samples !== Math.round(sampling_rate * max_length_s)) {
    throw wrong(
      `a sampling_rate of ${nb_max_samples / max_length_s} Hz (nb_max_samples ${nb_max_samples} in ${max_length_s} s)`,
      `${sampling_rate} Hz`,
    );
  }
  if (frequency_max > sampling_rate / 2) {
    throw wrong(
      `a sampling_rate of at least ${2 * frequency_max} Hz for frequency_max ${frequency_max}`,
      `${sampling_rate} Hz`,
    );
  }
}

/** The spectrogram must be the one that the graph was exported for, where the graph says which. */
function checkShape(
  { folder, preprocessor: given }: SeenFolder,
  name: string,
  dims: readonly (number | string)[],
  preprocessor: Preprocessor,
): void {
  const { sampling_rate, max_length_s, nb_max_samples, hop_length, feature_size } = preprocessor;
  const [frames, mels] = dims.slice(-2);
  const nFrames = 1 + Math.floor(windowSamples(preprocessor) / hop_length);
  const length =
    nb_max_samples === undefined
      ? `sampling_rate ${sampling_rate} × max_length_s ${max_length_s}`
      : `nb_max_samples ${nb_max_samples}`;
  const wrong = [
    typeof mels === "number" && mels !== feature_size && `feature_size ${feature_size}`,
    typeof frames === "number" &&
      frames !== nFrames &&
      `${nFrames} frames (${length}, hop_length ${hop_length})`,
  ].filter((reason) => reason !== false);
  if (wrong.length === 0) return;
  throw new MulanError("model.config", "CLAP's spectrogram does not fit the audio tower", {
    subject: given ? join(folder, "preprocessor_config.json") : folder,
    expected: `frames and mel bands of the input "${name}" [${dims.map((dim) => dim || "any").join(", ")}]`,
    got: wrong.join(", "),
    remedy: given
      ? "Take preprocessor_config.json from the checkpoint that the graphs were exported from"
      : "Describe its front end in a JSON file: mulan models add <folder> --front-end mel.json",
  });
}

function paddingOf(
  folder: string,
  { padding }: Preprocessor,
): Manifest["audio"]["windows"]["padding"] {
  if (padding === "repeatpad" || padding === "repeat") return padding;
  if (padding === "pad") return "zeros";
  throw new MulanError("model.config", 'the field "padding" is unknown', {
    subject: join(folder, "preprocessor_config.json"),
    expected: "repeatpad, repeat or pad",
    got: JSON.stringify(padding),
  });
}
