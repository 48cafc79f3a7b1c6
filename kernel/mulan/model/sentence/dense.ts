import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { dotProducts } from "../../embedding/dotProducts.ts";
import { safetensorsArrays } from "../../embedding/files/safetensors.ts";
import { MulanError } from "../../foundation/errors.ts";
import { fileSha256 } from "../../foundation/fileSha256.ts";
import { readJson } from "../layouts/readJson.ts";

/** A linear layer after the pooling, as Universal Sentence Encoder's distilled models have one. */
export interface Dense {
  readonly from: number;
  readonly to: number;
  /** `[to, from]` */
  readonly weight: Float32Array;
  /** `[to]` */
  readonly bias: Float32Array | undefined;
  readonly activation: Activation;
  readonly sha256: string;
}

type Activation = "Identity" | "Tanh";

const denseSchema = z.looseObject({
  in_features: z.int().positive(),
  out_features: z.int().positive(),
  bias: z.boolean().default(true),
  activation_function: z.string(),
});

/** @throws MulanError `model.config`, `model.module`, `embedding-file.invalid` */
export async function readDense(folder: string): Promise<Dense> {
  const configFile = join(folder, "config.json");
  const config = await readJson(folder, "config.json", denseSchema);
  const path = join(folder, "model.safetensors");
  const bytes = await readFile(path).catch(() => undefined);
  if (!config || !bytes) {
    throw new MulanError("model.module", "the layer after the pooling is not complete", {
      subject: folder,
      expected: "config.json and model.safetensors",
      got: config ? "no model.safetensors" : "no config.json",
      remedy: "Save the model again with sentence-transformers, which writes safetensors",
    });
  }
  const { arrays } = safetensorsArrays(bytes, path);
  const { in_features: from, out_features: to } = config;
  const numbers = (name: string, length: number) => {
    const found = arrays.get(name)?.numbers;
    if (found?.length === length) return Float32Array.from(found);
    throw new MulanError("model.module", `the tensor "${name}" does not fit its config`, {
      subject: path,
      expected: `${length} numbers`,
      got: found ? String(found.length) : "no such tensor",
    });
  };
  return {
    from,
    to,
    weight: numbers("linear.weight", to * from),
    bias: config.bias ? numbers("linear.bias", to) : undefined,
    activation: activationOf(config.activation_function, configFile),
    sha256: await fileSha256(path),
  };
}

/** @param rows `[n, from]` @returns `[n, to]` */
export function applyDense(rows: Float32Array, { from, to, weight, bias, activation }: Dense) {
  const products = dotProducts(rows, weight, from);
  return products.map((value, i) => {
    const sum = value + (bias?.[i % to] ?? 0);
    return activation === "Tanh" ? Math.tanh(sum) : sum;
  });
}

function activationOf(name: string, file: string): Activation {
  const short = name.slice(name.lastIndexOf(".") + 1);
  if (short === "Identity" || short === "Tanh") return short;
  throw new MulanError("model.module", `the activation "${name}" is not supported`, {
    subject: file,
    expected: "Identity or Tanh",
  });
}
