import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { byteText } from "../mulan/foundation/byteText.ts";
import {
  type CudaOffer,
  cudaOffer,
  cudaStatus,
  installCuda,
  listDevices,
  removeCuda,
} from "../mulan/index.ts";
import { clearProgress, printLine, printNote, showProgress } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

/** `mulan cuda install | status | remove` */
export function addCudaCommand(program: Command, finish: (code: ExitCode) => void): void {
  const cuda = program.command("cuda").description("CUDA on Linux: install, status and remove");
  cuda
    .command("install")
    .description("download ONNX Runtime's CUDA provider and NVIDIA's libraries to the cache folder")
    .option("--yes", "accept the licences and the size without asking")
    .option("--from <path...>", "files downloaded elsewhere, or folders containing them")
    .action(async (options: InstallOptions) => finish(await install(options)));
  cuda
    .command("status")
    .description("what is installed, and whether CUDA works here")
    .option("--json", "one JSON object")
    .action(async (options: { json?: boolean }) => finish(await status(options)));
  cuda
    .command("remove")
    .description("delete the installed libraries")
    .action(async () => finish(await remove()));
}

interface InstallOptions {
  readonly yes?: boolean;
  readonly from?: readonly string[];
}

async function install({ yes = false, from = [] }: InstallOptions): Promise<ExitCode> {
  showOffer(cudaOffer());
  if (!yes && !(await agrees())) {
    printNote("nothing was downloaded");
    return exitCodes.ok;
  }
  const { bytes } = await installCuda({
    from,
    onProgress: ({ label, done, total }) =>
      showProgress(`${label}: ${byteText(done)} of ${byteText(total)}`),
  }).finally(clearProgress);
  printLine(`installed ${byteText(bytes)} in ${cudaOffer().folder}`);
  printLine(await howCudaIs());
  return exitCodes.ok;
}

function showOffer(offer: CudaOffer): void {
  printLine(
    `CUDA ${offer.cuda}, cuDNN ${offer.cudnn} and ONNX Runtime ${offer.onnxruntime}'s CUDA provider`,
  );
  printLine(`needs NVIDIA's driver ${offer.driver} or newer`);
  for (const { name, version, bytes, licence } of offer.packages) {
    printLine(`  ${`${name} ${version}`.padEnd(32)} ${byteText(bytes).padStart(7)}  ${licence}`);
  }
  printLine(
    `fetches ${byteText(offer.downloadBytes)}, takes ${byteText(offer.unpackedBytes)} in ${offer.folder}`,
  );
  printLine(`NVIDIA's licences: ${offer.licencePages.join(", ")}`);
}

async function agrees(): Promise<boolean> {
  const question = "Accept these licences and install? (yes, no)";
  if (!process.stdin.isTTY) throw new UsageError(`${question} Answer with --yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} `)).trim());
  } finally {
    terminal.close();
  }
}

async function status({ json }: { json?: boolean }): Promise<ExitCode> {
  const found = cudaStatus();
  const how = await howCudaIs();
  if (json) {
    printLine(JSON.stringify({ ...found, cuda: how }));
    return exitCodes.ok;
  }
  const { installed, stale, folder } = found;
  if (!installed) printLine("not installed: mulan cuda install");
  else {
    const { cuda, cudnn, onnxruntime, bytes, date } = installed;
    printLine(
      `CUDA ${cuda}, cuDNN ${cudnn} for ONNX Runtime ${onnxruntime}, of ${date.slice(0, 10)}`,
    );
    printLine(`${byteText(bytes)} in ${folder}`);
    if (stale) printLine("not used: it is for another ONNX Runtime; run mulan cuda install again");
  }
  printLine(how);
  return exitCodes.ok;
}

async function howCudaIs(): Promise<string> {
  const { usable, reason } = (await listDevices(["cuda"])).find(({ device }) => device === "cuda")!;
  return usable ? "cuda is usable" : `cuda is not usable: ${reason}`;
}

async function remove(): Promise<ExitCode> {
  const bytes = await removeCuda();
  printNote(bytes > 0 ? `removed ${byteText(bytes)}` : "there was nothing to remove");
  return exitCodes.ok;
}
