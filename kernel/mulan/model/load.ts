import { assertNotPromise } from "../foundation/arguments.ts";
import { findModel } from "./findModel.ts";
import type { JointModel } from "./jointModel.ts";
import { loadGraphs } from "./loadGraphs.ts";
import { startLoading } from "./loading.ts";
import type { LoadOptions } from "./loadOptions.ts";
import { loadPython } from "./python/loadPython.ts";
import { loadRemote } from "./remote/loadRemote.ts";
import type { RemoteSource } from "./remote/remoteSource.ts";

/**
 * Loads a two-tower model.
 * @param source
 * - a folder with mulan.json, or that file
 * - a folder in a known layout: Hugging Face CLAP (`onnx/audio_model*.onnx`, `onnx/text_model*.onnx`, or one combined
 *   `model.onnx`), MuQ-MuLan's ONNX exports; or a .zip of one
 * - `"hf:owner/name"` or `"hf:owner/name@revision"`: from the Hugging Face hub (`HF_ENDPOINT`) into the cache, with a
 *   token from `HF_TOKEN` where that is set
 * - `"python:tower.py"`: a file of yours that defines `embed_audio(pcm, sample_rate_hz)`, `embed_text(texts)`,
 *   `sample_rate_hz`, `window` (seconds), `dim` and `temperature`; it runs in the Python that `MULAN_PYTHON` names,
 *   else python3, and whatever it prints is shown
 * - `{ server, model }`: towers of an Open Inference Protocol v2 server; a bearer token from `MULAN_SERVER_TOKEN`
 * - nothing for what `MULAN_MODEL` names, else the embedded model
 * @throws MulanError `model.not-found`, `model.manifest`, `model.layout`, `model.fused`, `model.config`,
 * `model.archive`, `model.file-missing`, `model.file-changed`, `model.file-outside`, `model.external-data`,
 * `model.graph`, `model.graph-too-large`, `model.opset`, `model.custom-op`, `model.tensor-name`, `model.tensor-shape`,
 * `model.tensor-type`, `model.dim`, `model.tokenizer`, `model.unhealthy`, `model.precision`, `device.unknown`,
 * `device.refused`, `device.memory`, `hub.*`, `server.*`, `python.not-found`, `python.no-numpy`, `python.error`, `python.tower`; AbortError
 */
export async function load(
  source?: string | RemoteSource,
  options: LoadOptions = {},
): Promise<JointModel> {
  assertNotPromise(source, "load(await …)");
  const loading = startLoading(options);
  if (typeof source === "object") return loadRemote(source, loading, options);
  loading.step("looking at its files");
  const named = source ?? (process.env.MULAN_MODEL || undefined);
  if (named?.startsWith("python:")) {
    return loadPython(named.slice("python:".length), loading, options);
  }
  return loadGraphs(() => findModel(named, loading, options), loading, options);
}
