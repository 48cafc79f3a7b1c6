import type { Command } from "commander";
import { load, measureSpeed } from "../mulan/index.ts";
import { clearProgress, printLine, showProgress } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { deviceOption, type ModelOptions } from "./modelOptions.ts";

interface CheckOptions extends Pick<ModelOptions, "device"> {
  readonly precision?: "auto" | "fp32" | "fp16" | "int8" | "q4";
  readonly json?: boolean;
}

export function addModelsCheckCommand(models: Command, finish: (code: ExitCode) => void): void {
  models
    .command("check")
    .description("open a model, run its health test and a speed test, print a card")
    .argument("[source]", "what load() takes (default: the embedded model)")
    .option("--precision <name>", "fp32, fp16, int8 or q4")
    .addOption(deviceOption())
    .option("--json", "one JSON object")
    .action(async (source: string | undefined, options: CheckOptions) =>
      finish(await check(source, options)),
    );
}

async function check(source: string | undefined, options: CheckOptions): Promise<ExitCode> {
  const { device, precision = "auto", json } = options;
  const onProgress = ({ label }: { readonly label: string }) => showProgress(label);
  const model = await load(source, { device, precision, force: true, onProgress });
  try {
    const description = model.describe();
    showProgress("measuring its speed …");
    const speed = await measureSpeed(model);
    clearProgress();
    if (json) printLine(JSON.stringify({ ...description, speed }));
    else {
      const { windowsPerSec, timesRealTime, textsPerSec } = speed;
      printLine(String(model));
      printLine(
        `  speed   ${windowsPerSec.toFixed(1)} windows/s (${timesRealTime.toFixed(0)} × real time), ${textsPerSec.toFixed(0)} texts/s`,
      );
    }
    return description.health.faults.length > 0 ? exitCodes.partFailed : exitCodes.ok;
  } finally {
    clearProgress();
    await model.dispose();
  }
}
