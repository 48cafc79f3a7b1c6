import { join } from "node:path";
import { cacheFolder } from "../../foundation/cacheFolder.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import { InferenceProcess } from "../inference/inference.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import { autoOrder, isSoftwareRenderer, plainReason } from "./devices.ts";
import { checkPlacement } from "./openOnDevice.ts";

/** What a device of this machine is good for. */
export interface DeviceStatus {
  readonly device: Provider;
  /** Part of this build of ONNX Runtime. That says nothing about a driver. */
  readonly compiledIn: boolean;
  /** No library beside our own packages is needed; a driver may be. */
  readonly bundled: boolean;
  /** A small graph ran on it just now. */
  readonly usable: boolean;
  /** It answers, but there is no GPU behind it: "auto" leaves it alone. */
  readonly software?: boolean;
  /** Why not, where it is not usable. */
  readonly reason?: string;
}

const ALL: readonly Provider[] = ["cuda", "dml", "coreml", "webgpu", "cpu"];

/** An ONNX file of one Relu over float32 [b, 3]: the smallest graph that a device can run. */
const RELU_GRAPH = Buffer.from(
  "CAg6PQoMCgF4EgF5IgRSZWx1EgFnWhQKAXgSDwoNCAESCQoDEgFiCgIIA2IUCgF5Eg8KDQgBEgkKAxIBYgoCCANCBAoAEBE=",
  "base64",
);

/**
 * Tries devices, by default every one there is, those first that "auto" tries, in a process that is ended afterwards: a driver that crashes or hangs costs nothing else.
 * @throws MulanError `child.crashed` when ONNX Runtime itself does not start
 */
export async function listDevices(
  only: readonly Provider[] = [...new Set([...autoOrder(), ...ALL])],
): Promise<readonly DeviceStatus[]> {
  const graph = join(cacheFolder("probe"), "relu.onnx");
  await writeAtomically(graph, RELU_GRAPH);
  await using inference = new InferenceProcess();
  const { backends } = await inference.backends();
  const devices: DeviceStatus[] = [];
  for (const device of only) {
    const backend = backends.find(({ name }) => name === device);
    const compiledIn = backend !== undefined;
    const reason = compiledIn ? await whyNot(inference, graph, device) : notBuiltIn(device);
    devices.push({
      device,
      compiledIn,
      bundled: backend?.bundled ?? false,
      usable: reason === undefined,
      ...(device === "webgpu" &&
        reason === undefined &&
        isSoftwareRenderer() && { software: true }),
      ...(reason !== undefined && { reason }),
    });
  }
  return devices;
}

/** undefined when the graph really ran there. */
async function whyNot(
  inference: InferenceProcess,
  graph: string,
  device: Provider,
): Promise<string | undefined> {
  try {
    const profile = device !== "cpu";
    const session = await inference.open("relu", graph, { provider: device, profile });
    const x = Float32Array.of(-1, 0, 2);
    const { outputs } = await session.run([{ name: "x", dims: [1, 3], data: x }], ["y"]);
    if (String(outputs[0]?.data) !== "0,0,2")
      return `relu(-1, 0, 2) came out as ${outputs[0]?.data}`;
    if (profile) checkPlacement(await session.placement(), device);
    return undefined;
  } catch (error) {
    return plainReason(device, error);
  }
}

function notBuiltIn(device: Provider): string {
  return `this build of ONNX Runtime has no ${device} for ${process.platform} ${process.arch}`;
}
