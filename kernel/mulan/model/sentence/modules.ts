// What sentence-transformers says about the steps after the transformer: modules.json and a folder for each step.

import { join } from "node:path";
import { z } from "zod";
import { MulanError } from "../../foundation/errors.ts";
import { readJson } from "../layouts/readJson.ts";
import { type Dense, readDense } from "./dense.ts";
import type { TokenPooling } from "./poolTokens.ts";

export interface Modules {
  /** Where the transformer's own files are. */
  readonly transformerFolder: string;
  readonly poolings: readonly TokenPooling[];
  readonly dense: readonly Dense[];
  readonly normalizes: boolean;
}

const modulesSchema = z.array(z.looseObject({ path: z.string(), type: z.string() })).min(1);

const poolingSchema = z.looseObject({
  /** Since sentence-transformers 5: one name or a list of names. */
  pooling_mode: z.union([z.string(), z.array(z.string())]).optional(),
  include_prompt: z.boolean().optional(),
});

/** The order in which vectors stand side by side where a file asks for several. */
const FLAGS: readonly (readonly [string, TokenPooling])[] = [
  ["pooling_mode_cls_token", "cls"],
  ["pooling_mode_max_tokens", "max"],
  ["pooling_mode_mean_tokens", "mean"],
  ["pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens"],
  ["pooling_mode_weightedmean_tokens", "weightedmean"],
  ["pooling_mode_lasttoken", "lasttoken"],
];
const NAMES = new Set<string>(FLAGS.map(([, name]) => name));

/**
 * The steps that modules.json lists; undefined where there is no such file.
 * @throws MulanError `model.config`, `model.module`
 */
export async function readModules(folder: string): Promise<Modules | undefined> {
  const file = join(folder, "modules.json");
  const list = await readJson(folder, "modules.json", modulesSchema);
  if (!list) return undefined;
  const [first, ...after] = list;
  if (kindOf(first!.type) !== "Transformer") throw unsupported(file, first!.type);
  const poolings: TokenPooling[] = [];
  const dense: Dense[] = [];
  let normalizes = false;
  for (const { type, path } of after) {
    const kind = kindOf(type);
    if (kind === "Pooling") poolings.push(...(await readPooling(join(folder, path))));
    else if (kind === "Dense") dense.push(await readDense(join(folder, path)));
    else if (kind === "Normalize") normalizes = true;
    else throw unsupported(file, type);
  }
  return { transformerFolder: join(folder, first!.path), poolings, dense, normalizes };
}

async function readPooling(folder: string): Promise<TokenPooling[]> {
  const file = join(folder, "config.json");
  const config = await readJson(folder, "config.json", poolingSchema);
  if (config?.include_prompt === false) {
    throw new MulanError(
      "model.module",
      "pooling that leaves out the prompt's tokens is not supported",
      {
        subject: file,
        expected: '"include_prompt": true',
      },
    );
  }
  const mode = config?.pooling_mode;
  const named = typeof mode === "string" ? [mode] : (mode ?? []);
  const flagged = FLAGS.filter(([flag]) => config?.[flag] === true).map(([, name]) => name);
  const found = named.length > 0 ? named : flagged;
  const odd = found.find((name) => !NAMES.has(name));
  if (found.length > 0 && odd === undefined) return found as TokenPooling[];
  throw new MulanError("model.config", "no known way of pooling is named", {
    subject: file,
    expected: [...NAMES].join(", "),
    got: odd ?? "none",
  });
}

/** "sentence_transformers.models.Pooling" and "….modules.pooling.Pooling" are both a Pooling. */
function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

function unsupported(file: string, type: string): MulanError {
  return new MulanError("model.module", `the module "${type}" is not supported`, {
    subject: file,
    expected: "Transformer, then Pooling, Dense and Normalize",
    remedy:
      "Export the whole model as one graph with an output sentence_embedding (optimum-cli export onnx --task feature-extraction --library sentence_transformers)",
  });
}
