import type { LiveRequests } from "../../kernel/session/index.ts";
import type { KernelState } from "../session/kernelState.ts";

/** What the status bar knows of a loaded model. */
export type LoadedModel = Pick<
  LiveRequests["models"]["answer"][number],
  "id" | "name" | "device" | "folder" | "runtimeVersion"
>;

export interface KernelWords {
  /** With VS Code's icon names in $(…). */
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
}

const phases = {
  none: ["circle-outline", "not started"],
  starting: ["loading~spin", "starting"],
  idle: ["circle-filled", "idle"],
  busy: ["loading~spin", "busy"],
  ended: ["error", "ended"],
} as const;

/** One line about a notebook's kernel: what it does, its model, the device that is really in use. */
export function describeKernel(
  { phase, reason }: KernelState,
  model: LoadedModel | undefined,
): KernelWords {
  const [icon, word] = phases[phase];
  const uses = model ? [model.id, deviceWord(model)] : [];
  return {
    text: `$(${icon}) MuLan: ${[word, ...uses].join(" · ")}`,
    tooltip: [reason ?? `The notebook's kernel is ${word}.`, ...describeModel(model)].join("\n\n"),
  };
}

/** A GPU that only part of the model runs on is more than its name. */
function deviceWord({ device }: LoadedModel): string {
  return device.used === "cpu" ? "cpu" : (device.summary ?? device.used).split(",")[0]!;
}

function describeModel(model: LoadedModel | undefined): string[] {
  if (!model) return ["No model is loaded yet."];
  return [`Model: ${model.name} (\`${model.folder}\`)`, ...describeDevice(model)];
}

/** Which device serves, which ones were tried before and why they were refused. */
export function describeDevice({ device, runtimeVersion }: LoadedModel): string[] {
  // A Python tower and a server say what they are; all else is a version of ONNX Runtime.
  const runtime = /^\d/.test(runtimeVersion) ? `ONNX Runtime ${runtimeVersion}` : runtimeVersion;
  const refused = device.refused.map((refusal) => `not ${refusal.device}: ${refusal.reason}`);
  return [
    `Device: ${device.summary ?? device.used} (asked for ${device.asked}), ${runtime}`,
    ...refused,
  ];
}
