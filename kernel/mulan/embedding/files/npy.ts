import { MulanError } from "../../foundation/errors.ts";
import { float16ToFloat32 } from "../../foundation/halfFloats.ts";
import { type FileArray, sizeOf } from "./arrays.ts";

/**
 * NumPy's array file, format versions 1 to 3: "\x93NUMPY", version, header length, a Python dict literal,
 * then the elements (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 */
const MAGIC = [0x93, ...Buffer.from("NUMPY")];
/** Readers may map the elements into memory: numpy aligns them to this. */
const ALIGNMENT_BYTES = 64;
const BYTES_PER_CODE_POINT = 4;

/** @throws MulanError `embedding-file.invalid`, `embedding-file.type` */
export function decodeNpy(bytes: Uint8Array, path: string): FileArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isNpy = bytes.length >= 12 && MAGIC.every((byte, i) => bytes[i] === byte);
  if (!isNpy) throw invalid(path, "a NumPy array file", `${bytes.length} bytes of something else`);
  const wide = bytes[6]! >= 2;
  const headerFrom = wide ? 12 : 10;
  const dataFrom = headerFrom + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = Buffer.from(bytes.subarray(headerFrom, dataFrom)).toString("utf8");
  const { type, fortran, shape } = parseHeader(header, path);
  const elementBytes = elementSize(type, path);
  const size = sizeOf(shape);
  // A copy, because typed arrays need aligned memory (and Buffer's own slice is a view).
  const content = new Uint8Array(bytes.subarray(dataFrom, dataFrom + size * elementBytes));
  if (content.length < size * elementBytes) {
    throw invalid(
      path,
      `${size * elementBytes} bytes of elements`,
      `${content.length}: the file is cut off`,
    );
  }
  const array = { shape, type, ...decodeElements(content, type, size) };
  return fortran && shape.length === 2 ? transposed(array) : array;
}

/** Numbers as '<f4', '<f8' or '<u4', strings as '<U…', C order, format version 1 (2 for a long header). */
export function encodeNpy({ shape, numbers, texts }: Omit<FileArray, "type">): Uint8Array {
  const [type, content] = texts ? encodeTexts(texts) : encodeNumbers(numbers!);
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${type}', 'fortran_order': False, 'shape': (${dims}), }`;
  const prefixBytes = MAGIC.length + 4;
  const padding = ALIGNMENT_BYTES - ((prefixBytes + dict.length + 1) % ALIGNMENT_BYTES);
  const header = `${dict}${" ".repeat(padding % ALIGNMENT_BYTES)}\n`;
  const prefix = [...MAGIC, 1, 0, header.length & 0xff, header.length >> 8];
  return Buffer.concat([Uint8Array.from(prefix), Buffer.from(header, "latin1"), content]);
}

function parseHeader(header: string, path: string) {
  const type = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (type === undefined || order === undefined || shape === undefined) {
    throw invalid(
      path,
      "a header with one element type, order and shape",
      header.trim().slice(0, 80),
    );
  }
  return { type, fortran: order === "True", shape: shape.match(/\d+/g)?.map(Number) ?? [] };
}

function elementSize(type: string, path: string): number {
  const text = /^<U(\d+)$/.exec(type);
  if (text) return Number(text[1]) * BYTES_PER_CODE_POINT;
  const bytes = /^\|S(\d+)$/.exec(type);
  if (bytes) return Number(bytes[1]);
  if (/^<([fui]4|f2|[fui]8)$/.test(type)) return Number(type[2]);
  const pickled = type.includes("O");
  throw new MulanError("embedding-file.type", `element type ${type} is not read here`, {
    subject: path,
    expected: "little-endian numbers (<f2, <f4, <f8, <i4, <i8, <u4, <u8), <U or S strings",
    remedy: pickled
      ? "Object arrays are Python pickles: save strings with .astype(str) and rows with np.stack"
      : "Convert it, for example with .astype('<f4')",
  });
}

function decodeElements(bytes: Uint8Array, type: string, size: number) {
  if (type.startsWith("<U")) return { texts: decodeTexts(bytes, size) };
  if (type.startsWith("|S")) return { texts: decodeByteTexts(bytes, size) };
  const { buffer } = bytes;
  switch (type) {
    case "<f2":
      return { numbers: float16ToFloat32(new Uint16Array(buffer)) };
    case "<f4":
      return { numbers: new Float32Array(buffer) };
    case "<f8":
      return { numbers: new Float64Array(buffer) };
    case "<u4":
      return { numbers: new Uint32Array(buffer) };
    case "<i4":
      return { numbers: Float64Array.from(new Int32Array(buffer)) };
    default: {
      const wide = type === "<i8" ? new BigInt64Array(buffer) : new BigUint64Array(buffer);
      return { numbers: Float64Array.from(wide as ArrayLike<bigint>, Number), wideInts: wide };
    }
  }
}

/** NumPy's strings are UTF-32, filled up with zeros. */
function decodeTexts(bytes: Uint8Array, size: number): string[] {
  const codePoints = new Uint32Array(bytes.buffer);
  const width = size === 0 ? 0 : codePoints.length / size;
  return Array.from({ length: size }, (_, i) => {
    const own = codePoints.subarray(i * width, (i + 1) * width);
    const end = own.findLastIndex((code) => code !== 0) + 1;
    return Array.from(own.subarray(0, end), (code) => String.fromCodePoint(code)).join("");
  });
}

/** Strings of bytes, which hold no encoding: UTF-8 reads ASCII, too. */
function decodeByteTexts(bytes: Uint8Array, size: number): string[] {
  const width = size === 0 ? 0 : bytes.length / size;
  return Array.from({ length: size }, (_, i) => {
    const own = bytes.subarray(i * width, (i + 1) * width);
    return Buffer.from(own.subarray(0, own.findLastIndex((byte) => byte !== 0) + 1)).toString();
  });
}

function encodeTexts(texts: readonly string[]): [string, Uint8Array] {
  const all = texts.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const width = all.reduce((max, codes) => Math.max(max, codes.length), 1);
  const codePoints = new Uint32Array(texts.length * width);
  all.forEach((codes, i) => {
    codePoints.set(codes, i * width);
  });
  return [`<U${width}`, new Uint8Array(codePoints.buffer)];
}

function encodeNumbers(numbers: Float32Array | Float64Array | Uint32Array): [string, Uint8Array] {
  const letter = numbers instanceof Uint32Array ? "u" : "f";
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return [`<${letter}${numbers.BYTES_PER_ELEMENT}`, bytes];
}

function transposed(array: FileArray): FileArray {
  const { numbers, shape } = array;
  if (!numbers) return array;
  const [rows = 0, columns = 0] = shape;
  const turned = numbers.map((_, i) => numbers[(i % columns) * rows + Math.floor(i / columns)]!);
  return { ...array, numbers: turned };
}

function invalid(path: string, expected: string, got: string): MulanError {
  return new MulanError("embedding-file.invalid", "this is not a readable .npy file", {
    subject: path,
    expected,
    got,
  });
}
