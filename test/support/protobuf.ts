// Just enough of protobuf to write ONNX files that are wrong in one way.

export function message(field: number, content: Uint8Array | string): Buffer {
  const bytes = typeof content === "string" ? Buffer.from(content) : Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
}

export function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}

/** `{ domain, version }` of ModelProto.opset_import: the last one that a file names for a domain counts. */
export function opset(version: number, domain = ""): Buffer {
  return message(8, Buffer.concat([message(1, domain), integer(2, version)]));
}

/** A node without inputs, to be appended to a model's graph. */
export function node(opType: string, domain: string, output = "made"): Buffer {
  const parts = [message(2, output), message(3, opType), message(4, opType), message(7, domain)];
  return message(7, message(1, Buffer.concat(parts)));
}

/** An initializer of float32 whose numbers lie in another file, to be appended to a model's graph. */
export function externalTensor(name: string, file: string, nFloats: number): Buffer {
  const entry = (key: string, value: string) =>
    message(13, Buffer.concat([message(1, key), message(2, value)]));
  const tensor = [
    integer(1, nFloats),
    integer(2, 1),
    message(8, name),
    entry("location", file),
    entry("offset", "0"),
    entry("length", String(4 * nFloats)),
    integer(14, 1),
  ];
  return message(7, message(5, Buffer.concat(tensor)));
}
