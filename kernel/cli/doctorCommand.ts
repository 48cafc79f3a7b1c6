import type { Command } from "commander";
import { byteText } from "../mulan/foundation/byteText.ts";
import {
  cacheStatus,
  ffmpegPath,
  listDevices,
  load,
  type ModelDescription,
  packageVersion,
  runtimeVersions,
} from "../mulan/index.ts";
import { printLine } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";

export function addDoctorCommand(program: Command, finish: (code: ExitCode) => void): void {
  program
    .command("doctor")
    .description("say what this machine offers: versions, devices, ffmpeg, cache")
    .option("--json", "one JSON object")
    .action(async (options: { json?: boolean }) => finish(await doctor(options)));
}

async function doctor({ json }: { json?: boolean }): Promise<ExitCode> {
  const report = {
    mulan: packageVersion,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    ...runtimeVersions(),
    devices: await listDevices(),
    model: await whereModelRuns(),
    ffmpeg: ffmpegPath() ?? null,
    cache: await cacheStatus(),
  };
  if (json) {
    printLine(JSON.stringify(report));
    return exitCodes.ok;
  }
  const { devices, model, ffmpeg, cache, ...versions } = report;
  for (const [what, version] of Object.entries(versions))
    printLine(`${what.padEnd(12)} ${version}`);
  for (const { device, usable, software, reason } of devices) {
    const how = software ? "usable, but a software renderer: auto skips it" : "usable";
    printLine(`${device.padEnd(12)} ${usable ? how : `not usable: ${reason}`}`);
  }
  const runs = "error" in model ? model.error : `${model.id} runs on ${model.device.summary}`;
  printLine(`${"model".padEnd(12)} ${runs}`);
  printLine(
    `${"ffmpeg".padEnd(12)} ${ffmpeg ?? "not found: only wav, mp3, flac, ogg and opus can be read"}`,
  );
  printLine(
    `${"cache".padEnd(12)} ${cache.folder}: ${cache.entries} entries, ${byteText(cache.bytes)}`,
  );
  return exitCodes.ok;
}

/** What "auto" makes of the model that `load()` takes: which device serves, and how much of the model is on it. */
async function whereModelRuns(): Promise<
  Pick<ModelDescription, "id" | "device"> | { readonly error: string }
> {
  try {
    await using model = await load();
    const { id, device } = model.describe();
    return { id, device };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
