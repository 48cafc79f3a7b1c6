import type { Precision } from "../manifest/manifest.ts";

/** An .onnx file's name in parts: "onnx/audio_model_fp16.onnx" is the fp16 form of "onnx/audio_model". */
export interface GraphName {
  readonly file: string;
  readonly stem: string;
  readonly precision: Precision;
  /** Of several names for one precision the lowest is taken. */
  readonly rank: number;
}

/*
 * What exporters put behind a name: transformers.js, Optimum, ONNX Runtime's tools and people.
 * q4f16 and bnb4 are 4-bit weights too; uint8 is int8's twin for processors without signed kernels.
 */
const SUFFIXES: readonly (readonly [RegExp, Precision, number])[] = [
  [/[._-](fp32|float32)$/i, "fp32", 1],
  [/[._-](fp16|float16|half)$/i, "fp16", 0],
  [/[._-](int8|q8)$/i, "int8", 0],
  [/[._-](quantized|quant)$/i, "int8", 1],
  [/[._-]uint8$/i, "int8", 2],
  [/[._-]q4$/i, "q4", 0],
  [/[._-]int4$/i, "q4", 1],
  [/[._-]q4f16$/i, "q4", 2],
  // Last, for its operator runs on the CPU and on CUDA only.
  [/[._-]bnb4$/i, "q4", 3],
];

export function graphName(file: string): GraphName | undefined {
  if (!file.toLowerCase().endsWith(".onnx")) return undefined;
  const bare = file.slice(0, -".onnx".length);
  for (const [suffix, precision, rank] of SUFFIXES) {
    if (suffix.test(bare)) return { file, stem: bare.replace(suffix, ""), precision, rank };
  }
  return { file, stem: bare, precision: "fp32", rank: 0 };
}

/** One graph in all the precisions that lie in the folder. */
export interface GraphGroup {
  readonly stem: string;
  readonly files: Readonly<Partial<Record<Precision, string>>>;
  /** Other names for a precision that a better known one has: never chosen, but told of. Missing where there is none. */
  readonly unused?: readonly string[];
}

export function groupGraphs(names: readonly string[]): GraphGroup[] {
  const found = names.flatMap((name) => graphName(name) ?? []).sort((a, b) => a.rank - b.rank);
  const groups = new Map<string, { files: Partial<Record<Precision, string>>; unused: string[] }>();
  for (const { stem, precision, file } of found) {
    const group = groups.get(stem) ?? { files: {}, unused: [] };
    if (group.files[precision] === undefined) group.files[precision] = file;
    else group.unused.push(file);
    groups.set(stem, group);
  }
  return [...groups]
    .map(([stem, { files, unused }]) => ({ stem, files, ...(unused.length > 0 && { unused }) }))
    .sort((a, b) => (a.stem < b.stem ? -1 : 1));
}

/** The exact one first on a CPU, where half precision only costs time; the smaller one first on a GPU, whose memory is short. */
const CPU_ORDER: readonly Precision[] = ["fp32", "int8", "q4", "fp16"];
const GPU_ORDER: readonly Precision[] = ["fp16", "fp32", "q4", "int8"];

/** The precision that "auto" takes, of those that all towers have, else of those that one has. */
export function autoPrecision(
  towers: readonly GraphGroup[],
  device: "cpu" | "gpu",
): Precision | undefined {
  const order = device === "cpu" ? CPU_ORDER : GPU_ORDER;
  const has =
    (precision: Precision) =>
    ({ files }: GraphGroup) =>
      files[precision] !== undefined;
  return (
    order.find((precision) => towers.every(has(precision))) ??
    order.find((precision) => towers.some(has(precision)))
  );
}

/** `file`, `precision` and `variants` of a tower in a manifest. */
export function towerFiles(
  { files }: GraphGroup,
  preferred: Precision,
): { file: string; precision: Precision; variants?: Partial<Record<Precision, string>> } {
  const precision = files[preferred]
    ? preferred
    : CPU_ORDER.find((one) => files[one] !== undefined)!;
  const { [precision]: file, ...variants } = files;
  return { file: file!, precision, ...(Object.keys(variants).length > 0 && { variants }) };
}
