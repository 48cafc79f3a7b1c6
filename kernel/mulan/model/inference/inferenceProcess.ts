// Entry of the inference process: holds ONNX Runtime sessions and nothing else.
// session.run is synchronous in onnxruntime-node 1.30 and a native fault takes its process along: here that
// costs the model's process, never a notebook's variables.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import {
  env,
  InferenceSession,
  listSupportedBackends,
  type Tensor as OrtTensor,
} from "onnxruntime-node";
import { type Answer, serveRequests } from "../../foundation/childServer.ts";
import { MulanError } from "../../foundation/errors.ts";
import { readPlacement } from "../device/readPlacement.ts";
import { withOutputs } from "./addOutputs.ts";
import {
  type BackendsReply,
  type InferenceRequest,
  type OpenReply,
  type OpenRequest,
  type RunReply,
  type TensorInfo,
  UNKNOWN_SESSION,
} from "./inferenceProtocol.ts";
import { findOptimized, optimizedFolder, storeOptimized } from "./optimizedGraph.ts";
import { ortTensor } from "./ortTensor.ts";
import { asFed, asRead, packTensors, type Tensor, unpackTensors } from "./tensors.ts";

const sessions = new Map<string, InferenceSession>();
const profileFolders = new Map<string, string>();

serveRequests((value, bytes) => {
  const request = value as InferenceRequest;
  switch (request.op) {
    case "open":
      return open(request);
    case "run":
      return run(request.session, unpackTensors(request.inputs, bytes), request.outputs);
    case "release":
      return release(request.session);
    case "placement":
      return placement(request.session);
    case "backends":
      return backends();
  }
});

async function open(request: OpenRequest): Promise<Answer> {
  const session = sessions.get(request.session) ?? (await createSession(request));
  sessions.set(request.session, session);
  const value: OpenReply = {
    runtimeVersion: runtimeVersion(),
    inputs: session.inputMetadata.map(tensorInfo),
    outputs: session.outputMetadata.map(tensorInfo),
  };
  return { value };
}

/** One provider and no second choice: with a list, DirectML falls back to the CPU without a word. */
async function createSession(request: OpenRequest): Promise<InferenceSession> {
  const { session, path, provider, card, threads, profile, addOutputs } = request;
  const profileFolder = profile ? await mkdtemp(join(tmpdir(), "mulan-profile-")) : undefined;
  if (profileFolder) profileFolders.set(session, profileFolder);
  const options: InferenceSession.SessionOptions = {
    executionProviders: [card === undefined ? provider : { name: provider, deviceId: card }],
    logSeverityLevel: 3,
    intraOpNumThreads: threads ?? defaultThreads(),
    // Threads that wait for work spin this long before they sleep: between two operators it saves a tenth of the time,
    // and it ends before decoding and features miss the core.
    extra: { session: { intra_op: { allow_spinning: "1", spin_duration_us: "100" } } },
    ...(profileFolder !== undefined && {
      enableProfiling: true,
      profileFilePrefix: join(profileFolder, "profile"),
    }),
  };
  if (!addOutputs) return openFile(request, options);
  return InferenceSession.create(withOutputs(await readFile(path), addOutputs), options);
}

/** A graph as it is, or as it was optimised here before: that opens several times faster and is mapped, not read. */
async function openFile(
  { path, provider, profile, contents }: OpenRequest,
  options: InferenceSession.SessionOptions,
): Promise<InferenceSession> {
  const plain = () => InferenceSession.create(path, options);
  if (contents === undefined || provider !== "cpu" || profile) return plain();
  const folder = optimizedFolder(contents, runtimeVersion());
  const stored = await findOptimized(folder);
  if (stored !== undefined) {
    const asItIs = { ...options, graphOptimizationLevel: "disabled" } as const;
    const opened = await InferenceSession.create(stored, asItIs).catch(() => undefined);
    if (opened) return opened;
    await rm(folder, { recursive: true, force: true });
  }
  const extra = options.extra as { readonly session: Readonly<Record<string, string>> };
  return storeOptimized(folder, ({ optimizedModelFilePath, entries }) =>
    InferenceSession.create(path, {
      ...options,
      optimizedModelFilePath,
      extra: { session: { ...extra.session, ...entries } },
    }),
  ).catch(plain);
}

async function run(
  name: string,
  inputs: readonly Tensor[],
  outputs: readonly string[],
): Promise<Answer> {
  const session = sessions.get(name);
  if (!session) throw new MulanError(UNKNOWN_SESSION, "this session is not open");
  const infos = session.inputMetadata.map(tensorInfo);
  const feeds = Object.fromEntries(
    inputs.map((input) => [input.name, ortTensor(asFed(input, infos))]),
  );
  const started = performance.now();
  const results = await session.run(feeds, outputs);
  const runMs = performance.now() - started;
  const packed = packTensors(outputs.map((output) => plainTensor(output, results[output]!)));
  return { value: { outputs: packed.headers, runMs } satisfies RunReply, bytes: packed.bytes };
}

function plainTensor(name: string, { type, data, dims }: OrtTensor): Tensor {
  const isPlain =
    data instanceof Float32Array || data instanceof BigInt64Array || data instanceof Int32Array;
  if (isPlain) return { name, data, dims };
  if (type === "float16") {
    return asRead({ name, dims, data: data as Uint16Array });
  }
  throw new MulanError("model.tensor-type", `the output "${name}" has an unsupported type`, {
    expected: "float32, float16, int64 or int32",
    got: type,
  });
}

/** Above four, logical cores are taken for two threads of one core: a second thread there gains nothing. */
function defaultThreads(): number {
  const cores = availableParallelism();
  return cores <= 4 ? cores : Math.ceil(cores / 2);
}

async function placement(name: string): Promise<Answer> {
  const folder = profileFolders.get(name);
  if (folder === undefined) throw new MulanError(UNKNOWN_SESSION, "this session is not profiled");
  sessions.get(name)?.endProfiling();
  profileFolders.delete(name);
  try {
    return { value: await readPlacement(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function release(name: string): Promise<Answer> {
  const session = sessions.get(name);
  sessions.delete(name);
  await session?.release();
  return { value: {} };
}

function backends(): Answer {
  const value: BackendsReply = {
    runtimeVersion: runtimeVersion(),
    backends: listSupportedBackends(),
  };
  return { value };
}

function runtimeVersion(): string {
  return env.versions.node ?? env.versions.common;
}

function tensorInfo(metadata: InferenceSession.ValueMetadata): TensorInfo {
  if (!metadata.isTensor) return { name: metadata.name, dtype: "not a tensor", dims: [] };
  return {
    name: metadata.name,
    dtype: metadata.type,
    dims: metadata.shape.map((dim) => dim ?? ""),
  };
}
