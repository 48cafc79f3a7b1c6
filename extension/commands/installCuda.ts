import { homedir } from "node:os";
import { ProgressLocation, window } from "vscode";
import { byteText } from "../../kernel/mulan/foundation/byteText.ts";
import { assertSupported } from "../../kernel/mulan/model/cuda/assertSupported.ts";
import {
  CUDA_RELEASE,
  downloadBytes,
  NVIDIA_LICENCES,
} from "../../kernel/mulan/model/cuda/cudaPackages.ts";
import { Supervisor } from "../../kernel/session/index.ts";
import { chooseNode } from "../session/chooseNode.ts";
import { readConfiguration } from "../session/configuration.ts";

const ACCEPT = "Accept and Install";
const TRY_AGAIN = "Try Again";
const RESTART = "Restart Kernel";
const USABLE = "usable";
const CODE = `await mulan.installCuda();
const [cuda] = await mulan.listDevices(["cuda"]);
console.log(cuda.usable ? "${USABLE}" : "not usable yet: " + cuda.reason);`;

/**
 * `mulan cuda install` by an engine of its own, with its progress and a way to stop it.
 * @param restart starts the notebook's kernel again; undefined when none runs
 */
export async function installCuda(restart: () => (() => Promise<void>) | undefined): Promise<void> {
  // Nobody is asked for what cannot be done. The version of the C library is the engine's to judge: not every
  // program that runs extensions tells it.
  if (process.platform !== "linux" || process.arch !== "x64") assertSupported();
  const answer = await window.showInformationMessage(
    `Download ${byteText(downloadBytes(CUDA_RELEASE))} of CUDA libraries?`,
    { modal: true, detail: offerText() },
    ACCEPT,
  );
  if (answer !== ACCEPT) return;
  const node = await chooseNode(readConfiguration().nodePath || undefined);
  await using supervisor = new Supervisor({ cwd: homedir(), nodePath: node.path, env: node.env });
  let said = "";
  supervisor.on((event) => {
    if (event.type === "stream") said += event.text;
  });
  const options = {
    location: ProgressLocation.Notification,
    title: "Installing CUDA support",
    cancellable: true,
  };
  const { status, error } = await window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => supervisor.interrupt());
    let shown = 0;
    supervisor.on((event) => {
      if (event.type !== "progress") return;
      const percent = (100 * event.done) / event.total;
      const message = `${event.label}, ${byteText(event.done)} of ${byteText(event.total)}`;
      progress.report({ message, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    });
    return supervisor.execute(CODE);
  });
  // A message without a button is cut after one line.
  if (status === "ok") await sayInstalled(said.trim(), restart());
  else if (status === "interrupted") {
    void window.showInformationMessage("Stopped. Installing again resumes from there.");
  } else {
    const why = `CUDA support was not installed. ${error?.message ?? `Its process ${status}.`}`;
    const answer = await window.showErrorMessage(why, TRY_AGAIN);
    if (answer === TRY_AGAIN) await installCuda(restart);
  }
}

async function sayInstalled(said: string, restart: (() => Promise<void>) | undefined) {
  if (said !== USABLE) {
    void window.showWarningMessage(`CUDA support is installed, but ${said}`, "OK");
    return;
  }
  const text = "CUDA support is installed and works. Newly started kernels can use it.";
  const answer = await window.showInformationMessage(text, restart ? RESTART : "OK");
  if (answer === RESTART) await restart?.();
}

function offerText(): string {
  const { cuda, cudnn, driver, onnxruntime, unpackedBytes, packages } = CUDA_RELEASE;
  return [
    `CUDA ${cuda}, cuDNN ${cudnn} and ONNX Runtime ${onnxruntime}'s CUDA provider, for Linux x64 with NVIDIA's driver ${driver} or newer. They come from PyPI and take ${byteText(unpackedBytes)} in your cache folder.`,
    [...new Set(packages.map(({ licence }) => licence))]
      .map((licence) => `${licence}: ${packagesOf(licence)}`)
      .join("\n"),
    `NVIDIA's licences:\n${NVIDIA_LICENCES.join("\n")}`,
  ].join("\n\n");
}

function packagesOf(licence: string): string {
  return CUDA_RELEASE.packages
    .filter((one) => one.licence === licence)
    .map(({ name, version }) => `${name} ${version}`)
    .join(", ");
}
