import type { DeviceReport, ModelDescription } from "./describe.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { Towers } from "./towers/towers.ts";

/** What `model.describe()` gives, of a manifest and what is known of where it runs. */
export function describeModel(
  folder: string,
  { manifest, runtimeVersion, tokenizer }: Towers,
  device: DeviceReport,
  health: ModelDescription["health"],
): ModelDescription {
  const { audio, text, files } = manifest;
  const { sampleRateHz } = audio.frontEnd;
  return {
    kind: "model",
    id: `${manifest.id}@${manifest.version}`,
    name: manifest.name,
    version: manifest.version,
    ...(manifest.description !== undefined && { description: manifest.description }),
    folder,
    dim: manifest.dim,
    temperature: manifest.temperature,
    temperatureOrigin: manifest.temperatureOrigin ?? "stated",
    licence: manifest.licence,
    trainedOn: manifest.trainedOn,
    device,
    audio: {
      sampleRateHz,
      windowSec: audio.windows.lengthSamples / sampleRateHz,
      hopSec: audio.windows.hopSamples / sampleRateHz,
      padding: audio.windows.padding,
      file: audio.file,
      ...(audio.precision && { precision: audio.precision }),
      frontEnd: frontEndLine(audio),
    },
    text: {
      ...(tokenizer && { maxTokens: tokenizer.maxTokens }),
      batching: text.batching,
      file: text.file,
      ...(text.precision && { precision: text.precision }),
    },
    ...(manifest.unusedFiles && { unusedFiles: manifest.unusedFiles }),
    health,
    files: Object.entries(files).map(([name, { bytes, sha256 }]) => ({ name, bytes, sha256 })),
    runtimeVersion,
  };
}

function frontEndLine({ frontEnd, melGraph }: Manifest["audio"]): string {
  if (frontEnd.kind === "logMel") return `log-mel, ${frontEnd.nMels} bands`;
  return melGraph ? `mel by ${melGraph.file}` : "plain waveform";
}
