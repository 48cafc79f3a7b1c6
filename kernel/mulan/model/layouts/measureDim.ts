import { join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { badGraph } from "../inference/badGraph.ts";
import { filledTensors } from "../inference/filledTensors.ts";
import type { GraphSession, InferenceProcess } from "../inference/inference.ts";
import type { Tensor } from "../inference/tensors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { ModelFolder } from "../manifest/readManifest.ts";
import { graphHash } from "../towers/identity.ts";

/**
 * The length of an embedding where no file says it: exporters often leave the last axis open. One short text is run on
 * the CPU, whose session the model then shares.
 * @throws MulanError `model.dim`, `model.graph`
 */
export async function measureDim(
  inference: InferenceProcess,
  { folder, manifest }: ModelFolder,
  signal?: AbortSignal,
): Promise<number> {
  const { text, files } = manifest;
  const path = join(folder, text.file);
  const key = graphHash(files, text);
  const session = await inference
    .open(key, path, { provider: "cpu" }, signal)
    .catch((error: unknown) => {
      throw badGraph(path, error);
    });
  try {
    return await dimOf(session, text, path, signal);
  } finally {
    await session.release().catch(() => {});
  }
}

/**
 * The same of a text tower that is open.
 * @param subject for messages
 * @throws MulanError `model.dim`
 */
export async function dimOf(
  session: GraphSession,
  text: Manifest["text"],
  subject: string,
  signal?: AbortSignal,
): Promise<number> {
  const { ids, mask, typeIds } = text.inputs;
  const feeds = [ids, mask, typeIds].flatMap((name): Tensor[] => {
    const isWide = session.inputs.find((info) => info.name === name)?.dtype === "int64";
    const value = name === mask ? 1 : 0;
    if (name === undefined) return [];
    const data = isWide
      ? BigInt64Array.of(...[value, value].map(BigInt))
      : Int32Array.of(value, value);
    return [{ name, dims: [1, 2], data }];
  });
  const { outputs } = await session.run(
    [...feeds, ...filledTensors(text.unusedInputs)],
    [text.output.name],
    signal,
  );
  const { dims } = outputs[0]!;
  const dim = dims.at(-1);
  if (dims.length === 2 && dims[0] === 1 && dim) return dim;
  throw new MulanError("model.dim", `the output "${text.output.name}" is not an embedding`, {
    subject,
    expected: "[1, dim] for one text",
    got: `[${dims.join(", ")}]`,
  });
}
