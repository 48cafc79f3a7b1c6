// The memory that models hold, and CUDA libraries: said, given back, fetched only when a person agrees.
import { cpSync, existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { CudaServer, oneByteWrong } from "../support/cudaServer.ts";
import { pythonWithNumpy } from "../support/python.ts";
import { findEquipment } from "./harness/available.ts";
import { ownProcesses } from "./harness/processes.ts";
import {
  codeCells,
  notebookText,
  plainText,
  readSaved,
  type SavedNotebook,
} from "./harness/savedNotebook.ts";
import { pinStandIns, standIns } from "./harness/standIns.ts";
import { openVsCode, type VsCode } from "./harness/vsCode.ts";

const equipment = findEquipment();
if (typeof equipment === "string") console.warn(equipment);
/** There are no libraries for other platforms; that they are refused there is a unit test. */
const hasLibraries = process.platform === "linux" && process.arch === "x64";

const NOTEBOOK = "devices.ipynb";
const INSTALL = "MuLan: Install CUDA Support";
const UNLOAD = "MuLan: Unload Model";

const cells = [
  "const model = await mulan.load(); const kept = 'kept';",
  ...(pythonWithNumpy ? ["const bands = await mulan.load('python:bands.py');"] : []),
  // New texts each time: those of an earlier run would come from the embedding cache.
  `const words = ["piano " + Date.now()];
const n = (await model.embedText(words)).n${pythonWithNumpy ? " + (await bands.embedText(words)).n" : ""};
kept + " after " + n`,
];
const LAST = cells.length - 1;
const SAID = `kept after ${pythonWithNumpy ? 2 : 1}`;

describe.skipIf(typeof equipment === "string")("devices in VS Code", () => {
  let vscode: VsCode;
  let server: CudaServer;
  let cache: string;
  beforeAll(async () => {
    if (typeof equipment === "string") return;
    server = await CudaServer.start(standIns);
    vscode = await openVsCode(equipment, {
      name: "devices",
      variables: { MULAN_CUDA_SOURCE: server.url },
      ...(pythonWithNumpy && { machineSettings: { "mulan.pythonPath": pythonWithNumpy } }),
      async prepare(workspace) {
        cpSync(join(packageRoot, "test/fixtures/towers/bands.py"), join(workspace, "bands.py"));
        await writeFile(join(workspace, NOTEBOOK), notebookText(cells));
      },
    });
    cache = join(vscode.runFolder, "home", ".cache", "mulan-notebook");
  }, 300_000);
  afterAll(async () => {
    await vscode?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  }, 60_000);

  const roles = async () =>
    (await ownProcesses(join(vscode.runFolder, "extensions"))).map(({ role }) => role).sort();
  /** Until the last cell has run again, and has embedded. */
  async function embedsBy(run: () => Promise<void>): Promise<void> {
    const { window } = vscode;
    const last = (now: SavedNotebook) => codeCells(now)[LAST]!;
    const before = last(await readSaved(window.pathOf(NOTEBOOK))).execution_count;
    await run();
    await window.savedAs(NOTEBOOK, (now) => {
      const cell = last(now);
      return cell.execution_count !== before && plainText(cell).includes(SAID);
    });
  }

  it("Unload Model says so where no model is loaded", async () => {
    const { window } = vscode;
    await window.openNotebook(NOTEBOOK);
    await window.waitForKernel();
    await window.command(UNLOAD);
    await window.notification("No model is loaded in this notebook").waitFor();
  }, 300_000);

  it("Unload Model ends the processes that hold models, and the next cell works", async () => {
    const { window } = vscode;
    await embedsBy(() => window.runAll());
    expect(await roles()).toEqual(["engine", "inference-process"]);

    await window.command("MuLan: Show Device");
    await window.dialog().waitFor();
    const told = await window.dialog().textContent();
    expect(told).toMatch(/devices\.ipynb: \d+ MB \(engine \d+ MB, inference process \d+ MB/);
    if (pythonWithNumpy) {
      expect(told).toMatch(/bands\s*Device: python \(asked for auto\), Python 3\.[\d.]+/);
      expect(told).toMatch(/Python of bands\.py \d+ MB\)/);
    }
    await vscode.screenshot("show-device");
    await window.page.keyboard.press("Escape");
    await window.dialog().waitFor({ state: "detached" });

    await window.command(UNLOAD);
    const message = window.notification("Models unloaded");
    await message.waitFor();
    await vscode.screenshot("unloaded");
    expect(await message.textContent()).toMatch(
      pythonWithNumpy
        ? /\d+ MB freed \(inference process, Python of bands\.py\)/
        : /\d+ MB freed \(inference process\)/,
    );
    expect(await roles()).toEqual(["engine"]);
    await embedsBy(() => window.runCell(LAST));
    expect(await roles()).toEqual(["engine", "inference-process"]);
  }, 300_000);

  describe.runIf(hasLibraries)(INSTALL, () => {
    /** Asks for it and answers the question. */
    async function install(answer: "Accept and Install" | "Cancel"): Promise<string> {
      const { window } = vscode;
      await window.command(INSTALL);
      await window.dialog().waitFor();
      const question = (await window.dialog().textContent()) ?? "";
      if (answer === "Cancel") await vscode.screenshot("cuda-question");
      await window.answer(answer);
      await window.dialog().waitFor({ state: "detached" });
      return question;
    }

    it("shows size, versions and licences, and fetches nothing when it is refused", async () => {
      const question = await install("Cancel");
      expect(question).toMatch(/1\.56 GB/);
      expect(question).toMatch(/2\.52 GB/);
      expect(question).toMatch(/CUDA 13\.5.*cuDNN 9\.28\.1.*ONNX Runtime 1\.30\.0/);
      expect(question).toMatch(/MIT: onnxruntime-gpu 1\.30\.0/);
      expect(question).toMatch(/NVIDIA CUDA Toolkit EULA \(proprietary\): .*nvidia-cublas/);
      expect(question).toMatch(/NVIDIA cuDNN licence \(proprietary\): nvidia-cudnn-cu13 9\.28/);
      expect(question).toContain("https://docs.nvidia.com/cuda/eula/");
      expect(await roles()).toEqual(["engine", "inference-process"]);
      expect(server.requests).toEqual([]);
    }, 120_000);

    it("refuses a file that is not the pinned one and leaves nothing of it", async () => {
      // Only now: the question above showed what is really pinned.
      await pinStandIns(vscode.runFolder);
      server.fault = oneByteWrong;
      server.requests.length = 0;
      await install("Accept and Install");
      const message = vscode.window.notification("CUDA support was not installed");
      await message.waitFor();
      await vscode.screenshot("cuda-wrong-hash");
      await message
        .getByText(/this is not the file that was pinned.*Nothing of it was used/)
        .waitFor();
      await message.getByRole("button", { name: "Try Again" }).waitFor();
      expect(existsSync(join(cache, "cuda"))).toBe(false);
      expect(await readdir(join(cache, "cuda.incomplete"))).toEqual([]);
      expect(server.requests).toHaveLength(1);
      await vscode.window.command("Notifications: Clear All Notifications");
    }, 120_000);

    it("can be stopped, goes on where it was stopped, and installs what the notebook then lives with", async () => {
      const { window } = vscode;
      const [first, ...others] = Object.keys(standIns);
      server.fault = () => "stall";
      await install("Accept and Install");
      const part = join(cache, "cuda.incomplete", `${first}.part`);
      const partBytes = () =>
        stat(part).then(
          ({ size }) => size,
          () => 0,
        );
      await expect.poll(partBytes, { timeout: 60_000 }).toBeGreaterThan(0);
      const progress = window.notification("Installing CUDA support");
      await progress.getByText("onnxruntime-gpu 1.30.0").waitFor();
      await vscode.screenshot("cuda-progress");
      await progress.getByText("Cancel").click();
      await window.notification("Stopped").waitFor();
      expect(existsSync(join(cache, "cuda"))).toBe(false);

      server.fault = undefined;
      server.requests.length = 0;
      await install("Accept and Install");
      await window.notification("CUDA support is installed, but not usable yet").waitFor();
      await vscode.screenshot("cuda-installed");
      expect(server.requests).toEqual([
        { file: first, range: expect.stringMatching(/^bytes=[1-9]\d+-$/) as string },
        ...others.map((file) => ({ file, range: undefined })),
      ]);
      const folder = join(cache, "cuda");
      const installed = JSON.parse(await readFile(join(folder, "installed.json"), "utf8")) as {
        readonly packages: readonly object[];
      };
      expect(installed.packages).toHaveLength(Object.keys(standIns).length);
      expect(await readdir(folder)).toEqual(
        expect.arrayContaining(["libonnxruntime_providers_cuda.so", "libonnxruntime.so.1"]),
      );
      // The inference process that starts now finds them, and the CPU goes on beside them.
      await window.command(UNLOAD);
      await window.notification("Models unloaded").waitFor();
      await embedsBy(() => window.runCell(LAST));
    }, 240_000);
  });
});
