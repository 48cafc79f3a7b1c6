// An ONNX file is a protobuf message, and two protobuf messages one after the other are one message whose lists are
// joined. So a graph gets one more output by a few bytes at its end: nothing of the file is parsed or written anew.

/** A tensor inside a graph that is to come out of it: float32. */
export interface AddedOutput {
  readonly name: string;
  /** Symbolic axes have a name. */
  readonly dims: readonly (number | string)[];
}

// Field numbers of onnx.proto: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const VALUE = { name: 1, type: 2 };
const TYPE_TENSOR = 1;
const TENSOR = { elementType: 1, shape: 2 };
const SHAPE_DIM = 1;
const DIM = { value: 1, param: 2 };
const FLOAT = 1;

/** The file with more outputs than it had. Weights in other files are not found any more. */
export function withOutputs(graph: Uint8Array, outputs: readonly AddedOutput[]): Uint8Array {
  const values = outputs.map(({ name, dims }) => {
    const shape = join(dims.map((dim) => message(SHAPE_DIM, dimension(dim))));
    const tensor = join([number(TENSOR.elementType, FLOAT), message(TENSOR.shape, shape)]);
    const value = join([
      message(VALUE.name, Buffer.from(name)),
      message(VALUE.type, message(TYPE_TENSOR, tensor)),
    ]);
    return message(GRAPH_OUTPUT, value);
  });
  return join([graph, message(MODEL_GRAPH, join(values))]);
}

function dimension(dim: number | string): Uint8Array {
  return typeof dim === "number" ? number(DIM.value, dim) : message(DIM.param, Buffer.from(dim));
}

function message(field: number, content: Uint8Array): Uint8Array {
  return join([varint((field << 3) | 2), varint(content.length), content]);
}

function number(field: number, value: number): Uint8Array {
  return join([varint(field << 3), varint(value)]);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
