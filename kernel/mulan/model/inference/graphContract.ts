import { MulanError } from "../../foundation/errors.ts";
import type { GraphSession } from "./inference.ts";
import type { TensorInfo } from "./inferenceProtocol.ts";

export interface GraphContract {
  /** The graph's file, for messages. */
  readonly file: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly rank: number;
    readonly dtypes: readonly string[];
  }[];
  /** Inputs that are fed with one value only. */
  readonly unusedInputs?: readonly { readonly name: string }[] | undefined;
  readonly output: { readonly name: string; readonly dim: number };
}

/**
 * Compares what a graph declares with what the manifest says of it.
 * @throws MulanError `model.tensor-name`, `model.tensor-type`, `model.tensor-shape`, `model.dim`
 */
export function checkGraph(session: GraphSession, contract: GraphContract): void {
  const { file, inputs, unusedInputs = [], output } = contract;
  for (const { name, rank, dtypes } of inputs) {
    const info = byName(session.inputs, name, "input", file);
    if (!dtypes.includes(info.dtype)) {
      throw new MulanError("model.tensor-type", `the input "${name}" has an unsupported type`, {
        subject: file,
        expected: dtypes.join(" or "),
        got: info.dtype,
      });
    }
    if (info.dims.length !== rank) {
      throw new MulanError("model.tensor-shape", `the input "${name}" has other axes`, {
        subject: file,
        expected: `${rank} axes, as mulan.json has it`,
        got: `[${info.dims.join(", ")}] in the graph`,
      });
    }
  }
  const fed = new Set([...inputs, ...unusedInputs].map(({ name }) => name));
  const unfed = session.inputs.filter(({ name }) => !fed.has(name));
  if (unfed.length > 0) {
    throw new MulanError(
      "model.tensor-name",
      `mulan.json does not name the input "${unfed[0]!.name}"`,
      {
        subject: file,
        expected: `names for all of ${names(session.inputs)}`,
        got: inputs.map(({ name }) => `"${name}"`).join(", "),
      },
    );
  }
  checkDim(byName(session.outputs, output.name, "output", file), output.dim, file);
}

function byName(
  infos: readonly TensorInfo[],
  name: string,
  what: string,
  file: string,
): TensorInfo {
  const found = infos.find((info) => info.name === name);
  if (found) return found;
  throw new MulanError("model.tensor-name", `the graph has no ${what} "${name}"`, {
    subject: file,
    expected: names(infos),
    got: `"${name}" in mulan.json`,
    remedy: "Correct the name in mulan.json",
  });
}

/** A symbolic last axis says nothing yet; the first run's result is checked again. */
function checkDim({ name, dims }: TensorInfo, dim: number, file: string): void {
  const last = dims.at(-1);
  if (typeof last !== "number" || last === dim) return;
  throw new MulanError(
    "model.dim",
    `the output "${name}" has another length than the manifest says`,
    {
      subject: file,
      expected: `dim ${dim}, as mulan.json has it`,
      got: `[${dims.join(", ")}] in the graph`,
    },
  );
}

function names(infos: readonly TensorInfo[]): string {
  return infos.map(({ name }) => `"${name}"`).join(", ");
}
