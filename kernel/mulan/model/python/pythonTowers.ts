import { MulanError } from "../../foundation/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { AudioSide, Features, WindowBatch } from "../towers/audioTower.ts";
import { stackFeatures } from "../towers/audioTower.ts";
import { normalizeRows } from "../towers/pooling.ts";
import type { TextBatch, TextInput, TextSide } from "../towers/textTower.ts";
import type { PythonHost } from "./pythonHost.ts";

/** The audio tower of a person's own file. */
export class PythonAudioTower implements AudioSide {
  readonly #host: PythonHost;
  readonly #manifest: Manifest;
  readonly maxBatch: number;

  constructor(host: PythonHost, manifest: Manifest, maxBatch: number) {
    this.#host = host;
    this.#manifest = manifest;
    this.maxBatch = maxBatch;
  }

  features(window: Float32Array): Features {
    return { data: window, axes: { channel: 1, frame: 0, mel: 0, sample: window.length } };
  }

  async embed(windows: readonly Features[], signal?: AbortSignal): Promise<WindowBatch> {
    const { dim, audio } = this.#manifest;
    const { sampleRateHz } = audio.frontEnd;
    const started = performance.now();
    const parts: Float32Array[] = [];
    for (let at = 0; at < windows.length; at += this.maxBatch) {
      const batch = windows.slice(at, at + this.maxBatch);
      const shape = { n: batch.length, dim, sampleRateHz };
      parts.push(await this.#host.embedAudio(stackFeatures(batch), shape, signal));
    }
    const rows = joined(parts);
    checkFinite(rows, this.#host.path, "embed_audio");
    return { rows, runMs: performance.now() - started };
  }
}

/** The text tower of a person's own file; it takes texts as they are. */
export class PythonTextTower implements TextSide {
  readonly dim: number;
  readonly maxBatch: number;
  readonly #host: PythonHost;

  constructor(host: PythonHost, { dim }: Manifest, maxBatch: number) {
    this.#host = host;
    this.dim = dim;
    this.maxBatch = maxBatch;
  }

  /** @throws MulanError `text.empty` */
  tokenize(text: string): { ids: string; nCut: number } {
    if (text.trim() !== "") return { ids: text, nCut: 0 };
    throw new MulanError("text.empty", "an empty text has no embedding", {
      got: JSON.stringify(text),
      remedy: "Give at least one word",
    });
  }

  async embed(texts: readonly TextInput[], signal?: AbortSignal): Promise<TextBatch> {
    const started = performance.now();
    const strings = texts.map(String);
    const rows = await this.#host.embedText(strings, this.dim, signal);
    checkFinite(rows, this.#host.path, "embed_text");
    return { rows: normalizeRows(rows, this.dim), runMs: performance.now() - started };
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function checkFinite(rows: Float32Array, subject: string, name: string): void {
  if (rows.every(Number.isFinite)) return;
  throw new MulanError("model.not-finite", `${name} gave back NaN or infinity`, { subject });
}
