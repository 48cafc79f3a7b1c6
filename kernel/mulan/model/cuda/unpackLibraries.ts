import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { MulanError } from "../../foundation/errors.ts";

interface Entry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of its local header. */
  readonly offset: number;
}

/** Of ONNX Runtime only its providers: the library itself is the one that this package has. TensorRT is not offered. */
const LIBRARY =
  /^(nvidia\/([^/]+\/)*lib\/lib[^/]+\.so[.\d]*|onnxruntime\/capi\/libonnxruntime_providers_(cuda|shared)\.so)$/;

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;

/**
 * Writes the shared libraries of a wheel (a .zip file) into a folder, by their bare names, without holding them in
 * memory.
 * @returns bytes written
 * @throws MulanError `cuda.archive`; what the file system throws; AbortError
 */
export async function unpackLibraries(
  archive: string,
  folder: string,
  signal?: AbortSignal,
): Promise<number> {
  await using file = await open(archive);
  const entries = (await readEntries(file, archive)).filter(({ name }) => LIBRARY.test(name));
  if (entries.length === 0) throw broken(archive, "no library in it");
  let written = 0;
  for (const entry of entries) {
    const start = await dataOffset(file, entry, archive);
    const packed = createReadStream(archive, { start, end: start + entry.packedBytes - 1 });
    const out = createWriteStream(join(folder, basename(entry.name)), { mode: 0o755 });
    const inflate = entry.method === 8 ? [createInflateRaw()] : [];
    await pipeline([packed, ...inflate, out], signal ? { signal } : {});
    if (out.bytesWritten !== entry.bytes) throw broken(archive, `${entry.name} is cut off`);
    written += entry.bytes;
  }
  return written;
}

async function readEntries(file: FileHandle, archive: string): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - END_BYTES - MAX_COMMENT_BYTES), size);
  const end = tail.lastIndexOf("PK\x05\x06", undefined, "latin1");
  if (end < 0 || end + END_BYTES > tail.length) throw broken(archive, "it has no end");
  const nEntries = tail.readUInt16LE(end + 10);
  const start = tail.readUInt32LE(end + 16);
  const directory = await read(file, start, Math.min(size, start + tail.readUInt32LE(end + 12)));
  const entries: Entry[] = [];
  for (let at = 0; entries.length < nEntries; ) {
    if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw broken(archive, "its list of files is cut off");
    }
    const lengths = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    const [nameBytes] = lengths as [number];
    entries.push({
      name: directory.toString("utf8", at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += CENTRAL_BYTES + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}

async function dataOffset(
  file: FileHandle,
  { name, method, offset }: Entry,
  archive: string,
): Promise<number> {
  const local = await read(file, offset, offset + LOCAL_BYTES);
  const isSound = local.length === LOCAL_BYTES && local.readUInt32LE(0) === 0x04034b50;
  if (!isSound || (method !== 0 && method !== 8)) throw broken(archive, `${name} is not readable`);
  return offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
}

async function read(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from);
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  return buffer.subarray(0, bytesRead);
}

function broken(subject: string, got: string): MulanError {
  return new MulanError("cuda.archive", "this archive cannot be unpacked", {
    subject,
    expected: "a whole wheel (.whl)",
    got,
    remedy: "Fetch it again",
  });
}
