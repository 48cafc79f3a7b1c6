import type { DeviceRequest, Refusal } from "./device/devices.ts";
import type { BatchChoice } from "./device/probeBatch.ts";
import type { HealthReport } from "./health/checkHealth.ts";
import type { Placement } from "./inference/inferenceProtocol.ts";
import type { Manifest } from "./manifest/manifest.ts";
import type { RunsOn } from "./towers/towers.ts";

/** What there is to know about a loaded model, as plain data. */
export interface ModelDescription {
  readonly kind: "model";
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly folder: string;
  readonly dim: number;
  /** τ of softmax(cosine / τ): it scales shares, never ranks. */
  readonly temperature: number;
  /**
   * "stated": by the model's own files, as it was learned. "measured": in its graph, logits over cosines. "initial":
   * where training began, not learned. "assumed": nothing says it.
   */
  readonly temperatureOrigin: "stated" | NonNullable<Manifest["temperatureOrigin"]>;
  readonly licence: string;
  readonly trainedOn: Manifest["trainedOn"];
  readonly device: DeviceReport;
  readonly audio: {
    readonly sampleRateHz: number;
    readonly windowSec: number;
    readonly hopSec: number;
    readonly padding: string;
    readonly frontEnd: string;
    /** What runs: the graph, the Python file, or the server's model. */
    readonly file: string;
    readonly precision?: string;
  };
  readonly text: {
    /** Missing where the tower has a tokenizer of its own, which says nothing. */
    readonly maxTokens?: number;
    readonly batching: string;
    readonly file: string;
    readonly precision?: string;
  };
  /** Graphs that lie in the folder and are never chosen: a precision has a better known file. */
  readonly unusedFiles?: readonly string[];
  readonly health: HealthReport;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  /** Version of ONNX Runtime; "Python 3.12.4" or a server's name and version where these run the model. */
  readonly runtimeVersion: string;
}

export interface DeviceReport {
  readonly asked: DeviceRequest;
  readonly used: RunsOn;
  /** Which of several cards was asked for. */
  readonly card?: number;
  /** Tried before and refused, in order, each with its reason. */
  readonly refused: readonly Refusal[];
  /** "webgpu: 98 % of node time, 24 shape ops on cpu"; "cpu" where there is no more to say. */
  readonly summary?: string;
  readonly placement?: Placement;
  /** Windows a run, found by trying. */
  readonly batch?: BatchChoice;
  readonly agreementWithCpu?: number;
  /** Of one window through the audio tower. */
  readonly timesCpuSpeed?: number;
  /** There is no GPU: a driver computes on the CPU what a GPU would. */
  readonly software?: boolean;
}

/** A few lines for a notebook or a terminal. */
export function modelCard(model: ModelDescription): string {
  const { audio, text, device, health } = model;
  const rate = `${audio.sampleRateHz / 1000} kHz`;
  const lines = [
    `${model.name} ${model.version} · ${model.dim} dimensions · ${model.licence}`,
    `  audio   ${rate}, windows of ${seconds(audio.windowSec)} every ${seconds(audio.hopSec)}, ${audio.frontEnd}${inPrecision(audio)}`,
    `  text    ${text.maxTokens === undefined ? "a tokenizer of its own" : `up to ${text.maxTokens} tokens`}${inPrecision(text)}`,
    ...temperatureLine(model),
    `  device  ${deviceLine(device)}`,
    ...device.refused.map(({ device: name, reason }) => `          not ${name}: ${reason}`),
    `  health  ${healthLine(health)}`,
    ...(model.unusedFiles
      ? [`  unused  ${model.unusedFiles.join(", ")}: other names for a precision that is there`]
      : []),
    ...(model.trainedOn.length > 0
      ? [`  trained on ${model.trainedOn.map(({ dataset }) => dataset).join(", ")}`]
      : []),
  ];
  return lines.join("\n");
}

/** A learned one needs no words; any other must not pass for it. */
function temperatureLine({
  temperature,
  temperatureOrigin,
}: Pick<ModelDescription, "temperature" | "temperatureOrigin">): string[] {
  if (temperatureOrigin === "stated") return [];
  const figure = `  softmax temperature ${temperature.toPrecision(3)}`;
  if (temperatureOrigin === "measured") return [`${figure}, measured in the graph`];
  const from = temperatureOrigin === "initial" ? "config.json's initial value" : "assumed";
  return [`${figure} is ${from}, not learned: ranks hold, shares of a softmax do not`];
}

function inPrecision({
  precision,
  file,
}: Pick<ModelDescription["audio"], "precision" | "file">): string {
  return precision ? `, ${precision} (${file})` : "";
}

function deviceLine({ asked, used, summary = used, ...report }: DeviceReport): string {
  return [
    `${summary} (asked for ${asked})`,
    ...figure(report.batch?.size, (size) => `${size} windows a run`),
    ...figure(report.timesCpuSpeed, (times) => `${times.toFixed(1)} times the CPU's speed`),
    ...figure(report.agreementWithCpu, (cosine) => `cosine with the CPU ${cosine.toFixed(4)}`),
  ].join(", ");
}

function figure(value: number | undefined, show: (value: number) => string): string[] {
  return value === undefined ? [] : [show(value)];
}

function healthLine({ faults, measured }: HealthReport): string {
  if (faults.length > 0) return `BROKEN, used by force: ${faults.join("; ")}`;
  if (!measured) return "not measured";
  const { min, max } = measured.textCosines;
  return `sound (cosines of unlike texts ${min.toFixed(2)} to ${max.toFixed(2)})`;
}

function seconds(sec: number): string {
  return `${Number(sec.toFixed(3))} s`;
}
