import type { Placement, Provider } from "../inference/inferenceProtocol.ts";

export const PROVIDER_NAMES: Readonly<Record<Provider, string>> = {
  cpu: "CPUExecutionProvider",
  cuda: "CUDAExecutionProvider",
  webgpu: "WebGpuExecutionProvider",
  dml: "DmlExecutionProvider",
  coreml: "CoreMLExecutionProvider",
};

/** Operators that work out shapes and indices: on small integers, which ONNX Runtime keeps on the CPU on purpose. */
const SHAPE_OPS: ReadonlySet<string> = new Set(
  (
    "Shape Size Gather Slice Concat Unsqueeze Squeeze Reshape Cast Range ConstantOfShape Expand Where Equal Add Sub " +
    "Mul Div Floor Ceil Identity Split Flatten"
  ).split(" "),
);

/** Up to this many operators are named one by one. */
const MAX_NAMED_OPS = 4;

/** Part of the nodes' time that was spent on a device, 0 to 1; undefined where nothing was measured. */
export function shareOf(placement: Placement, device: Provider): number | undefined {
  const total = Object.values(placement).reduce((sum, { timeMs }) => sum + timeMs, 0);
  if (total === 0) return undefined;
  return (placement[PROVIDER_NAMES[device]]?.timeMs ?? 0) / total;
}

/** "webgpu: 98 % of node time, 24 shape ops on cpu". */
export function placementWords(placement: Placement, device: Provider): string {
  const share = shareOf(placement, device);
  const elsewhere = (Object.keys(PROVIDER_NAMES) as Provider[])
    .filter((name) => name !== device)
    .flatMap((name) => onOther(placement, name));
  const all = elsewhere.length === 0 ? ["no op elsewhere"] : elsewhere;
  const time = share === undefined ? "node time not measured" : `${percent(share)} of node time`;
  return `${device}: ${[time, ...all].join(", ")}`;
}

function onOther(placement: Placement, device: Provider): string[] {
  const share = placement[PROVIDER_NAMES[device]];
  if (!share || share.nodes === 0) return [];
  const ops = Object.keys(share.ops);
  const areShapes = ops.every((op) => SHAPE_OPS.has(op));
  const named = ops.slice(0, MAX_NAMED_OPS).join(", ") + (ops.length > MAX_NAMED_OPS ? ", …" : "");
  const noun = share.nodes === 1 ? "op" : "ops";
  if (areShapes) return [`${share.nodes} shape ${noun} on ${device}`];
  return [`${share.nodes} ${noun} on ${device} (${named})`];
}

/** 99.96 % is not all of it. */
function percent(share: number): string {
  const rounded = Math.round(100 * share);
  return `${rounded === 100 && share < 1 ? "more than 99" : rounded} %`;
}
