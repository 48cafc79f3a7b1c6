import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { MulanError } from "../../foundation/errors.ts";
import type { TensorInfo } from "../inference/inferenceProtocol.ts";
import { type Field, ProtobufFile } from "./protobuf.ts";

/** What an ONNX file says of itself, read without its weights and without ONNX Runtime. */
export interface GraphOutline {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Version of ONNX's own operators; 0 where the file names none. */
  readonly opset: number;
  /** Operators of domains that ONNX Runtime does not bring, as "domain::Name". */
  readonly foreignOps: readonly string[];
  /** Files of weights beside the graph, and how many bytes of each it needs. */
  readonly external: readonly { readonly file: string; readonly bytes: number }[];
}

/** Protobuf's own limit; PyTorch and the onnx package write larger models with external data. */
const MAX_PROTOBUF_BYTES = 2 ** 31 - 1;

/** Field numbers of onnx.proto (ONNX IR 3 to 13). */
const MODEL = { graph: 7, opset: 8, functions: 25 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 };
const NODE = { opType: 4, attribute: 5, domain: 7 };
const ATTRIBUTE = { tensor: 5, graph: 6 };
const TENSOR = { dims: 1, dataType: 2, name: 8, externalData: 13 };

const DTYPES: Readonly<Record<number, string>> = {
  1: "float32",
  2: "uint8",
  3: "int8",
  6: "int32",
  7: "int64",
  8: "string",
  9: "bool",
  10: "float16",
  11: "float64",
  16: "bfloat16",
};

const OWN_DOMAINS = /^(ai\.onnx(\.ml)?|com\.microsoft(\.\w+)*|org\.pytorch\.aten)?$/;

/** @throws MulanError `model.graph` (not ONNX, or cut off), `model.graph-too-large`; what the file system throws */
export function readOutline(path: string): GraphOutline {
  const fd = openSync(path, "r");
  try {
    const { size } = fstatSync(fd);
    if (size > MAX_PROTOBUF_BYTES) throw tooLarge(path, size);
    refuseLfsPointer(path, fd);
    return outlineOf(new ProtobufFile(fd, size));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MulanError(
      "model.graph",
      "this is not a whole ONNX file",
      {
        subject: path,
        expected: "an ONNX model from its first byte to its last",
        got: cause.message,
        remedy: "Copy, download or export the file again",
      },
      { cause },
    );
  } finally {
    closeSync(fd);
  }
}

const LFS_POINTER = "version https://git-lfs.github.com/spec";

/** What a clone without git-lfs has in a file's place: a few lines that name it. */
function refuseLfsPointer(path: string, fd: number): void {
  const start = Buffer.alloc(LFS_POINTER.length);
  readSync(fd, start, 0, start.length, 0);
  if (start.toString("latin1") !== LFS_POINTER) return;
  throw new MulanError("model.graph", "this is a Git LFS pointer, not the file itself", {
    subject: path,
    expected: "an ONNX model",
    got: "a text that names it",
    remedy: "Fetch it: git lfs install, then git lfs pull in its repository",
  });
}

function tooLarge(path: string, size: number): MulanError {
  return new MulanError("model.graph-too-large", "no reader opens an ONNX file of this size", {
    subject: path,
    expected: "at most 2 GiB in one protobuf",
    got: `${(size / 2 ** 30).toFixed(1)} GiB`,
    remedy:
      "Save it with its weights beside it: onnx.save(model, path, save_as_external_data=True)",
  });
}

function outlineOf(file: ProtobufFile): GraphOutline {
  const parts = { ...emptyParts(), opset: 0 };
  let hasGraph = false;
  const functions = new Set<string>();
  for (const field of file.fields()) {
    if (field.number === MODEL.graph) {
      hasGraph = true;
      readGraph(file, field, parts, true);
    } else if (field.number === MODEL.opset) {
      const { domain, version } = readOpset(file, field);
      if (domain === "" || domain === "ai.onnx") parts.opset = version;
    } else if (field.number === MODEL.functions) {
      functions.add(functionName(file, field));
    }
  }
  if (!hasGraph) throw new RangeError("no graph in it");
  const inputs = parts.inputs.filter(({ name }) => !parts.initializers.has(name));
  return {
    inputs,
    outputs: parts.outputs,
    opset: parts.opset,
    foreignOps: [...parts.foreignOps].filter((op) => !functions.has(op)),
    external: [...parts.external].map(([name, bytes]) => ({ file: name, bytes })),
  };
}

interface Parts {
  readonly inputs: TensorInfo[];
  readonly outputs: TensorInfo[];
  readonly initializers: Set<string>;
  readonly foreignOps: Set<string>;
  readonly external: Map<string, number>;
}

function emptyParts(): Parts {
  return {
    inputs: [],
    outputs: [],
    initializers: new Set(),
    foreignOps: new Set(),
    external: new Map(),
  };
}

function readGraph(file: ProtobufFile, { start, end }: Field, parts: Parts, isMain: boolean): void {
  for (const field of file.fields(start, end)) {
    if (field.number === GRAPH.node) readNode(file, field, parts);
    if (field.number === GRAPH.initializer) {
      const name = readTensor(file, field, parts);
      if (isMain) parts.initializers.add(name);
    }
    if (!isMain) continue;
    if (field.number === GRAPH.input) parts.inputs.push(readValueInfo(file, field));
    if (field.number === GRAPH.output) parts.outputs.push(readValueInfo(file, field));
  }
}

function readNode(file: ProtobufFile, { start, end }: Field, parts: Parts): void {
  let domain = "";
  let opType = "";
  for (const field of file.fields(start, end)) {
    if (field.number === NODE.opType) opType = file.text(field);
    if (field.number === NODE.domain) domain = file.text(field);
    if (field.number === NODE.attribute) readAttribute(file, field, parts);
  }
  if (!OWN_DOMAINS.test(domain)) parts.foreignOps.add(`${domain}::${opType}`);
}

function readAttribute(file: ProtobufFile, { start, end }: Field, parts: Parts): void {
  for (const field of file.fields(start, end)) {
    if (field.number === ATTRIBUTE.tensor) readTensor(file, field, parts);
    if (field.number === ATTRIBUTE.graph) readGraph(file, field, parts, false);
  }
}

/** Its name; where its numbers lie in another file is noted. */
function readTensor(file: ProtobufFile, { start, end }: Field, parts: Parts): string {
  let name = "";
  const external: Record<string, string> = {};
  for (const field of file.fields(start, end)) {
    if (field.number === TENSOR.name) name = file.text(field);
    if (field.number === TENSOR.externalData) {
      const [key, value] = textFields(file, field, [1, 2]);
      external[key ?? ""] = value ?? "";
    }
  }
  const { location, offset = "0", length = "0" } = external;
  if (location !== undefined) {
    const needed = Number(offset) + Number(length);
    parts.external.set(location, Math.max(needed, parts.external.get(location) ?? 0));
  }
  return name;
}

/** ValueInfoProto { name = 1; type = 2 { tensor_type = 1 { elem_type = 1; shape = 2 { dim = 1 } } } } */
function readValueInfo(file: ProtobufFile, field: Field): TensorInfo {
  const [name = ""] = textFields(file, field, [1]);
  const type = child(file, field, 2);
  const tensor = type && child(file, type, 1);
  if (!tensor) return { name, dtype: "not a tensor", dims: [] };
  let dtype = "unknown";
  const dims: (number | string)[] = [];
  for (const part of file.fields(tensor.start, tensor.end)) {
    if (part.number === 1) dtype = DTYPES[part.value] ?? `type ${part.value}`;
    if (part.number !== 2) continue;
    for (const dim of file.fields(part.start, part.end)) dims.push(readDim(file, dim));
  }
  return { name, dtype, dims };
}

/** Dimension { dim_value = 1; dim_param = 2 }: a fixed length, a name, or "" for neither. */
function readDim(file: ProtobufFile, { start, end }: Field): number | string {
  for (const field of file.fields(start, end)) {
    if (field.number === 1) return field.value;
    if (field.number === 2) return file.text(field);
  }
  return "";
}

function readOpset(file: ProtobufFile, { start, end }: Field): { domain: string; version: number } {
  let domain = "";
  let version = 0;
  for (const field of file.fields(start, end)) {
    if (field.number === 1) domain = file.text(field);
    if (field.number === 2) version = field.value;
  }
  return { domain, version };
}

/** FunctionProto { name = 1; domain = 10 } */
function functionName(file: ProtobufFile, field: Field): string {
  const [name = "", domain = ""] = textFields(file, field, [1, 10]);
  return `${domain}::${name}`;
}

function textFields(
  file: ProtobufFile,
  { start, end }: Field,
  numbers: readonly number[],
): (string | undefined)[] {
  const found: (string | undefined)[] = numbers.map(() => undefined);
  for (const field of file.fields(start, end)) {
    const at = numbers.indexOf(field.number);
    if (at >= 0) found[at] = file.text(field);
  }
  return found;
}

function child(file: ProtobufFile, { start, end }: Field, number: number): Field | undefined {
  for (const field of file.fields(start, end)) if (field.number === number) return field;
  return undefined;
}
