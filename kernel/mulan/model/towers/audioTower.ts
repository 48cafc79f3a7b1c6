import { logMel } from "../../audio/logMel.ts";
import { MulanError } from "../../foundation/errors.ts";
import { filledTensors } from "../inference/filledTensors.ts";
import { checkGraph } from "../inference/graphContract.ts";
import type { GraphSession } from "../inference/inference.ts";
import { FLOAT_DTYPES } from "../inference/tensors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { checkedRows } from "./textTower.ts";

type Declared = Manifest["audio"];
type Axis = Declared["input"]["layout"][number];

/** What the tower is fed for one window, in the order of its axes. */
export interface Features {
  readonly data: Float32Array;
  readonly axes: Readonly<Record<Exclude<Axis, "batch">, number>>;
}

/** What embedding needs of an audio tower, wherever it runs. */
export interface AudioSide {
  features(window: Float32Array): Features;
  embed(windows: readonly Features[], signal?: AbortSignal): Promise<WindowBatch>;
}

export interface WindowBatch {
  /** `[n, dim]`, as the graph put them out. */
  readonly rows: Float32Array;
  readonly runMs: number;
}

/** The tower that turns windows of PCM into embeddings. */
export class AudioTower implements AudioSide {
  readonly #session: GraphSession;
  readonly #declared: Declared;
  readonly #dim: number;

  /** @throws MulanError `model.tensor-name`, `model.tensor-shape`, `model.dim` */
  constructor(session: GraphSession, { audio, dim }: Manifest) {
    const { layout } = audio.input;
    const name = fedName(audio);
    checkGraph(session, {
      file: audio.melGraph?.file ?? audio.file,
      inputs: [{ name, rank: layout.length, dtypes: FLOAT_DTYPES }],
      unusedInputs: audio.unusedInputs,
      output: { name: audio.output.name, dim },
    });
    this.#session = session;
    this.#declared = audio;
    this.#dim = dim;
  }

  /** The front end of the manifest over one window of PCM at its rate. */
  features(window: Float32Array): Features {
    const { frontEnd, input } = this.#declared;
    if (frontEnd.kind === "waveform") {
      return { data: window, axes: { channel: 1, frame: 0, mel: 0, sample: window.length } };
    }
    const { data, nFrames, nMels } = logMel(window, frontEnd);
    const melFirst = input.layout.indexOf("mel") < input.layout.indexOf("frame");
    return {
      data: melFirst ? transposed(data, nFrames, nMels) : data,
      axes: { channel: 1, frame: nFrames, mel: nMels, sample: 0 },
    };
  }

  /** @throws MulanError `model.dim`, `child.crashed`; AbortError */
  async embed(windows: readonly Features[], signal?: AbortSignal): Promise<WindowBatch> {
    const { input, output, file, unusedInputs } = this.#declared;
    const { axes } = windows[0]!;
    const dims = input.layout.map((axis) => (axis === "batch" ? windows.length : axes[axis]));
    const result = await this.#session.run(
      [
        { name: fedName(this.#declared), dims, data: stackFeatures(windows) },
        ...filledTensors(unusedInputs),
      ],
      [output.name],
      signal,
    );
    const rows = checkedRows(result.outputs[0]!, windows.length, this.#dim, file);
    if (!rows.every(Number.isFinite)) {
      throw new MulanError("model.not-finite", "the audio tower put out NaN or infinity", {
        subject: file,
        remedy: "Try another device or precision: half precision overflows on some",
      });
    }
    return { rows, runMs: result.runMs };
  }
}

/** The first graph's input: of the mel's where that is a graph of its own. */
function fedName({ input, melGraph }: Declared): string {
  return melGraph?.input.name ?? input.name;
}

/** `[n, …]` of windows of one shape, one after the other. */
export function stackFeatures(windows: readonly Features[]): Float32Array {
  if (windows.length === 1) return windows[0]!.data;
  const length = windows[0]!.data.length;
  const all = new Float32Array(windows.length * length);
  windows.forEach(({ data }, i) => {
    all.set(data, i * length);
  });
  return all;
}

function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = data[row * columns + column]!;
    }
  }
  return turned;
}
