import type { Command } from "commander";
import {
  cacheStatus,
  ffmpegPath,
  listDevices,
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
    ffmpeg: ffmpegPath() ?? null,
    cache: await cacheStatus(),
  };
  if (json) {
    printLine(JSON.stringify(report));
    return exitCodes.ok;
  }
  const { devices, ffmpeg, cache, ...versions } = report;
  for (const [what, version] of Object.entries(versions))
    printLine(`${what.padEnd(12)} ${version}`);
  for (const { device, usable, reason } of devices) {
    printLine(`${device.padEnd(12)} ${usable ? "usable" : `not usable: ${reason}`}`);
  }
  printLine(
    `${"ffmpeg".padEnd(12)} ${ffmpeg ?? "not found: only wav, mp3, flac, ogg and opus can be read"}`,
  );
  printLine(
    `${"cache".padEnd(12)} ${cache.folder}: ${cache.entries} entries, ${(cache.bytes / 2 ** 20).toFixed(1)} MB`,
  );
  return exitCodes.ok;
}
