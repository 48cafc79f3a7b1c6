import { type Command, Option } from "commander";
import {
  type DeviceRequest,
  type JointModel,
  load,
  MulanError,
  parseDevice,
} from "../mulan/index.ts";
import { clearProgress, showProgress } from "./console.ts";
import { UsageError } from "./usageError.ts";

export interface ModelOptions {
  readonly model?: string;
  /** Without it MULAN_DEVICE counts, as in a cell. */
  readonly device?: DeviceRequest;
}

export interface ExcerptOptions {
  readonly start?: number;
  readonly duration?: number;
}

/** `--model` and `--device`, the same for every command that embeds. */
export function withModelOptions(command: Command): Command {
  return command
    .option(
      "--model <source>",
      "folder or .zip of a model, hf:owner/name or python:tower.py (default: the embedded model)",
    )
    .addOption(deviceOption());
}

export function deviceOption(): Option {
  return new Option(
    "--device <name>",
    "where to run it: auto, cpu, cuda, cuda:1 (a card), webgpu, dml, coreml (default: MULAN_DEVICE, else auto)",
  ).argParser(device);
}

/** `--start` and `--duration` in seconds. */
export function withExcerptOptions(command: Command): Command {
  return command
    .addOption(seconds("--start <seconds>", "where in each file to begin"))
    .addOption(seconds("--duration <seconds>", "how much of each file to hear"));
}

export function excerptOf({ start, duration }: ExcerptOptions): {
  startSec?: number;
  durationSec?: number;
} {
  return {
    ...(start !== undefined && { startSec: start }),
    ...(duration !== undefined && { durationSec: duration }),
  };
}

/** Loads the model that the options name, uses it, and lets it go again whatever happens. */
export async function usingModel<T>(
  { model: source, device }: ModelOptions,
  use: (model: JointModel) => Promise<T>,
): Promise<T> {
  showProgress("loading the model …");
  const model = await load(source, { device });
  try {
    return await use(model);
  } finally {
    clearProgress();
    await model.dispose();
  }
}

function device(text: string): DeviceRequest {
  try {
    return parseDevice(text);
  } catch (error) {
    if (error instanceof MulanError) throw new UsageError(`--device: ${error.message}`);
    throw error;
  }
}

function seconds(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value) || value < 0) {
      throw new UsageError(`${flags.split(" ")[0]}: expected seconds, got ${JSON.stringify(text)}`);
    }
    return value;
  });
}
