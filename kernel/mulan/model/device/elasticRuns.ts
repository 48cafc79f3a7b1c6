import { MulanError } from "../../foundation/errors.ts";
import type { AudioSide, Features, WindowBatch } from "../towers/audioTower.ts";
import type { TextInput, TextSide } from "../towers/textTower.ts";

interface Rows {
  readonly rows: Float32Array;
  readonly runMs: number;
}

type Run<Item> = (items: readonly Item[], signal?: AbortSignal) => Promise<Rows>;

/** As ONNX Runtime's CPU and CUDA arenas, cuDNN, Direct3D, Vulkan, WebGPU and Metal say it. */
const OUT_OF_MEMORY =
  /out[ _]?of[ _]?((device|host|video|pool)[ _])?memory|failed to allocate|allocation failed|alloc_failed|bad_alloc|CUDA failure 2\b|8007000E/i;

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && OUT_OF_MEMORY.test(error.message);
}

/** Runs of as many rows as the device's memory holds: halved each time that it does not, and never more again. */
export class ElasticRuns<Item> {
  readonly #run: Run<Item>;
  readonly #where: string;
  #maxRows = Number.POSITIVE_INFINITY;

  /** @param where "audio.onnx on cuda", for the error */
  constructor(run: Run<Item>, where: string) {
    this.#run = run;
    this.#where = where;
  }

  /** How many rows one run may have, as far as that is known; infinite until memory ran out. */
  get maxRows(): number {
    return this.#maxRows;
  }

  /** @throws MulanError `device.memory` when a single row is too much; what the run throws */
  async run(items: readonly Item[], signal?: AbortSignal): Promise<Rows> {
    if (items.length > this.#maxRows) return this.#inPieces(items, signal);
    try {
      return await this.#run(items, signal);
    } catch (error) {
      if (!isOutOfMemory(error)) throw error;
      if (items.length === 1) throw this.#tooSmall(error);
      this.#maxRows = Math.min(this.#maxRows, Math.floor(items.length / 2));
      return this.#inPieces(items, signal);
    }
  }

  async #inPieces(items: readonly Item[], signal: AbortSignal | undefined): Promise<Rows> {
    const pieces: Rows[] = [];
    for (let at = 0; at < items.length; ) {
      // Memory may run out again on the way, and then pieces become smaller.
      const piece = items.slice(at, at + this.#maxRows);
      pieces.push(await this.run(piece, signal));
      at += piece.length;
    }
    const rows = new Float32Array(pieces.reduce((sum, piece) => sum + piece.rows.length, 0));
    let at = 0;
    for (const piece of pieces) {
      rows.set(piece.rows, at);
      at += piece.rows.length;
    }
    return { rows, runMs: pieces.reduce((sum, { runMs }) => sum + runMs, 0) };
  }

  #tooSmall(cause: unknown): MulanError {
    return new MulanError(
      "device.memory",
      "the device's memory is too small for this model",
      {
        subject: this.#where,
        expected: "room for one window or text at a time",
        got: "out of memory",
        remedy:
          'End other programs that use the GPU, load the model with precision "fp16" or "int8", or with device "cpu"',
      },
      { cause },
    );
  }
}

/** An audio tower that knows how many windows a run may have. */
export interface ElasticAudio extends AudioSide {
  readonly maxRows: number;
}

export function elasticAudio(tower: AudioSide, where: string): ElasticAudio {
  const runs = new ElasticRuns<Features>((windows, signal) => tower.embed(windows, signal), where);
  return {
    get maxRows() {
      return runs.maxRows;
    },
    features: (window) => tower.features(window),
    embed: (windows, signal): Promise<WindowBatch> => runs.run(windows, signal),
  };
}

export function elasticText(tower: TextSide, where: string): TextSide {
  const runs = new ElasticRuns<TextInput>((texts, signal) => tower.embed(texts, signal), where);
  return {
    dim: tower.dim,
    get maxBatch() {
      return Math.min(tower.maxBatch, runs.maxRows);
    },
    tokenize: (text) => tower.tokenize(text),
    embed: (texts, signal) => runs.run(texts, signal),
  };
}
