import { type FileHandle, open } from "node:fs/promises";
import { strFromU8 } from "fflate";

/** What an archive says of a file in it, where nothing streams past. */
export interface ZipEntry {
  readonly crc32: number;
  /** Unpacked. */
  readonly nBytes: number;
}

const END = 0x06054b50;
const END_64_LOCATOR = 0x07064b50;
const END_64 = 0x06064b50;
const ENTRY = 0x02014b50;
/** In place of a number that needs eight bytes. */
const WIDE = 0xffffffff;
/** The end's own 22 bytes, and the longest comment behind it. */
const MAX_END_BYTES = 22 + 0xffff;
/** A list of a thousand files takes a tenth of a megabyte. */
const MAX_DIRECTORY_BYTES = 2 ** 28;

/**
 * The list of files at a .zip's end (APPNOTE 4.3.12 to 4.3.16). Names are read as fflate reads them.
 * @throws Error that says what is wrong with it
 */
export async function readZipDirectory(path: string): Promise<Map<string, ZipEntry>> {
  await using file = await open(path);
  const { size } = await file.stat();
  const tailAt = Math.max(0, size - MAX_END_BYTES - 20);
  const tail = await bytesAt(file, tailAt, size - tailAt);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--;
  if (at < 0) throw new Error("it has no list of its files at its end");
  let nBytes = tail.readUInt32LE(at + 12);
  let start = tail.readUInt32LE(at + 16);
  if (at >= 20 && tail.readUInt32LE(at - 20) === END_64_LOCATOR) {
    const end = await bytesAt(file, Number(tail.readBigUInt64LE(at - 12)), 56);
    if (end.readUInt32LE(0) !== END_64) throw new Error("its list of files cannot be found");
    nBytes = Number(end.readBigUInt64LE(40));
    start = Number(end.readBigUInt64LE(48));
  }
  if (nBytes > MAX_DIRECTORY_BYTES) throw new Error("its list of files is too long");
  return entriesOf(await bytesAt(file, start, nBytes));
}

function entriesOf(list: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at < list.length; ) {
    if (list.length - at < 46 || list.readUInt32LE(at) !== ENTRY) {
      throw new Error("its list of files is damaged");
    }
    const isLatin1 = (list.readUInt16LE(at + 8) & 2048) === 0;
    const nameEnd = at + 46 + list.readUInt16LE(at + 28);
    const extraEnd = nameEnd + list.readUInt16LE(at + 30);
    const nBytes = list.readUInt32LE(at + 24);
    entries.set(strFromU8(list.subarray(at + 46, nameEnd), isLatin1), {
      crc32: list.readUInt32LE(at + 16),
      nBytes: nBytes === WIDE ? wideSize(list.subarray(nameEnd, extraEnd)) : nBytes,
    });
    at = extraEnd + list.readUInt16LE(at + 32);
  }
  return entries;
}

/** The unpacked size is the first number of the extra field 1. */
function wideSize(extra: Buffer): number {
  for (let at = 0; at + 12 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return Number(extra.readBigUInt64LE(at + 4));
  }
  return WIDE;
}

async function bytesAt(file: FileHandle, at: number, nBytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(nBytes), 0, nBytes, at);
  if (bytesRead < nBytes) throw new Error("its list of files cannot be found");
  return buffer;
}
