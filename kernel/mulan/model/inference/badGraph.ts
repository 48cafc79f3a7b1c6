import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { MulanError } from "../../foundation/errors.ts";
import { type GraphOutline, readOutline } from "../layouts/graphOutline.ts";

/**
 * Why ONNX Runtime refuses a graph, in words: its own message names operators, offsets and source files, so the file is
 * looked at once more.
 */
export function badGraph(path: string, cause: unknown): unknown {
  const isOurs = cause instanceof MulanError || (cause as Error | undefined)?.name === "AbortError";
  if (isOurs) return cause;
  const message = cause instanceof Error ? cause.message.replace(/\.$/, "") : String(cause);
  let outline: GraphOutline;
  try {
    outline = readOutline(path);
  } catch (error) {
    return error instanceof MulanError ? error : plain(path, message, cause);
  }
  return (
    externalFault(path, outline) ??
    foreignFault(path, outline, cause) ??
    opsetFault(path, outline, message, cause) ??
    plain(path, message, cause)
  );
}

function plain(path: string, got: string, cause: unknown): MulanError {
  return new MulanError(
    "model.graph",
    "ONNX Runtime cannot open this graph",
    { subject: path, expected: "a whole ONNX file", got, remedy: "Copy or export the model again" },
    { cause },
  );
}

function externalFault(path: string, { external }: GraphOutline): MulanError | undefined {
  for (const { file, bytes } of external) {
    const subject = join(dirname(path), file);
    const size = existsSync(subject) ? statSync(subject).size : undefined;
    if (size !== undefined && size >= bytes) continue;
    return new MulanError(
      "model.external-data",
      `the weights of this graph are ${size === undefined ? "missing" : "cut off"}`,
      {
        subject,
        expected: `at least ${bytes} bytes beside ${path}`,
        got: size === undefined ? "no such file" : `${size} bytes`,
        remedy: "Copy or download it again, into the same folder as the graph and under this name",
      },
    );
  }
  return undefined;
}

function foreignFault(
  path: string,
  { foreignOps }: GraphOutline,
  cause: unknown,
): MulanError | undefined {
  if (foreignOps.length === 0) return undefined;
  return new MulanError(
    "model.custom-op",
    "this graph needs operators that ONNX Runtime does not have",
    {
      subject: path,
      expected: "operators of ONNX and of ONNX Runtime (com.microsoft) only",
      got: foreignOps.slice(0, 5).join(", "),
      remedy: "Export the model without its custom operators",
    },
    { cause },
  );
}

function opsetFault(
  path: string,
  { opset }: GraphOutline,
  message: string,
  cause: unknown,
): MulanError | undefined {
  const limit = /till opset (\d+)/.exec(message)?.[1];
  const isTooNew = limit !== undefined || /[Uu]nsupported model IR version/.test(message);
  if (!isTooNew) return undefined;
  return new MulanError(
    "model.opset",
    "this graph is newer than ONNX Runtime",
    {
      subject: path,
      expected: limit === undefined ? "an older IR version" : `opset ${limit} or older`,
      got: limit === undefined ? message : `opset ${opset}`,
      remedy: "Export it with opset_version=17",
    },
    { cause },
  );
}
