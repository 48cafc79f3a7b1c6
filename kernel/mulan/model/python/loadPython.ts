import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { describeModel } from "../describeModel.ts";
import type { JointModel } from "../jointModel.ts";
import { finishLoading, type Loading } from "../loading.ts";
import type { LoadOptions } from "../loadOptions.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { Towers } from "../towers/towers.ts";
import { PythonHost } from "./pythonHost.ts";
import type { TowerFile } from "./pythonProtocol.ts";
import { PythonAudioTower, PythonTextTower } from "./pythonTowers.ts";

/**
 * Loads towers that a person's own Python file defines, in a process of that Python.
 * @throws MulanError `model.not-found`, `python.not-found`, `python.no-numpy`, `python.error`, `python.tower`,
 * `model.dim`, `model.unhealthy`, `model.precision`, `child.crashed`; AbortError
 */
export async function loadPython(
  source: string,
  loading: Loading,
  options: LoadOptions,
): Promise<JointModel> {
  const { signal } = loading;
  const path = resolve(source);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new MulanError("model.not-found", found ? "is not a file" : "does not exist", {
      subject: path,
      expected: "a Python file that defines embed_audio and embed_text",
    });
  }
  if (options.precision && options.precision !== "auto") {
    throw new MulanError(
      "model.precision",
      "a Python tower has the precision that its file gives it",
      {
        subject: path,
        expected: "auto",
        got: options.precision,
      },
    );
  }
  loading.step("checking the files");
  const sha256 = await fileSha256(path, { signal });
  loading.step("running the file in Python");
  const host = new PythonHost(path);
  try {
    const file = await host.describe(signal);
    const manifest = manifestOf(path, file, { sha256, bytes: found.size });
    const towers: Towers = {
      manifest,
      audio: new PythonAudioTower(host, manifest, file.max_batch),
      text: new PythonTextTower(host, manifest, file.max_batch),
      provider: "python",
      runtimeVersion: `Python ${file.python}`,
      release: () => host[Symbol.asyncDispose](),
    };
    const device = { asked: options.device ?? "auto", used: "python", refused: [] } as const;
    // What the file loads (a checkpoint) may change without it: no hash stands for its health.
    return await finishLoading(towers, undefined, path, loading, options, (health) =>
      describeModel(dirname(path), towers, device, health),
    );
  } catch (error) {
    await host[Symbol.asyncDispose]();
    throw error;
  }
}

function manifestOf(
  path: string,
  tower: TowerFile,
  listed: { readonly sha256: string; readonly bytes: number },
): Manifest {
  const file = basename(path);
  const samples = (sec: number) => Math.max(1, Math.round(sec * tower.sample_rate_hz));
  const id = file
    .replace(/\.py$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-");
  return {
    format: "mulan/1",
    id: id.replace(/^[^a-z0-9]+/, "") || "python",
    name: tower.name ?? file,
    version: tower.version ?? listed.sha256.slice(0, 8),
    dim: tower.dim,
    temperature: tower.temperature,
    licence: tower.licence,
    trainedOn: [],
    audio: {
      file,
      input: { name: "pcm", layout: ["batch", "sample"] },
      output: { name: "embed_audio" },
      frontEnd: { kind: "waveform", sampleRateHz: tower.sample_rate_hz },
      windows: {
        lengthSamples: samples(tower.window),
        hopSamples: samples(tower.hop ?? tower.window),
        padding: tower.padding,
        // As a folder of the same checkpoint has it (clapLayout): only MuQ-MuLan's last window goes on past the end.
        lastWindow: tower.padding === "wrap" ? "pad" : "shift",
      },
      pooling: { windows: "mean", normalizeWindows: true, normalize: true },
    },
    text: {
      file,
      inputs: { ids: "texts" },
      output: { name: "embed_text" },
      // The file reads texts itself, however long they are.
      tokenizer: { file, maxTokens: Number.MAX_SAFE_INTEGER },
      batching: "masked",
      normalize: true,
    },
    files: { [file]: { ...listed } },
  };
}
