import { homedir } from "node:os";
import { ProgressLocation, window } from "vscode";
import { CUDA_RELEASE, downloadBytes } from "../../kernel/mulan/model/cuda/cudaPackages.ts";
import { Supervisor } from "../../kernel/session/index.ts";
import { chooseNode } from "../session/chooseNode.ts";
import { readConfiguration } from "../session/configuration.ts";

const ACCEPT = "Accept and Install";
const CODE = `await mulan.installCuda();
const [cuda] = await mulan.listDevices(["cuda"]);
console.log(cuda.usable ? "CUDA is usable." : "CUDA is not usable yet: " + cuda.reason);`;

/** `mulan cuda install` by an engine of its own, with its progress and a way to stop it. */
export async function installCuda(): Promise<void> {
  const answer = await window.showInformationMessage(
    `Fetch ${gigabytes(downloadBytes(CUDA_RELEASE))} of CUDA libraries?`,
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
      progress.report({ message: event.label, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    });
    return supervisor.execute(CODE);
  });
  if (status === "ok") void window.showInformationMessage(`Installed. ${said.trim()}`);
  else if (status === "interrupted") {
    void window.showInformationMessage(
      "Stopped. MuLan: Install CUDA Support goes on where it was stopped.",
    );
  } else void window.showErrorMessage(error?.message ?? status);
}

function offerText(): string {
  const { cuda, cudnn, driver, onnxruntime, unpackedBytes, packages } = CUDA_RELEASE;
  return [
    `CUDA ${cuda}, cuDNN ${cudnn} and ONNX Runtime ${onnxruntime}'s CUDA provider, for Linux x64 with NVIDIA's driver ${driver} or newer. They take ${gigabytes(unpackedBytes)} in your cache folder.`,
    [...new Set(packages.map(({ licence }) => licence))]
      .map((licence) => `${licence}: ${packagesOf(licence)}`)
      .join("\n"),
  ].join("\n\n");
}

function packagesOf(licence: string): string {
  return CUDA_RELEASE.packages
    .filter((one) => one.licence === licence)
    .map(({ name }) => name)
    .join(", ");
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
