import type { Tags } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import {
  ascii,
  bigEndian,
  decodeId3Text,
  decodeUntold,
  decodeUtf8,
  littleEndian,
  tidy,
} from "./textBytes.ts";

type TagName = keyof Tags;
type MutableTags = { -readonly [Name in TagName]?: string };

const COMMENT_NAMES: ReadonlyMap<string, TagName> = new Map(
  Object.entries({
    title: "title",
    artist: "artist",
    album: "album",
    genre: "genre",
    date: "year",
    tracknumber: "track",
  } as const),
);
const ID3_NAMES: ReadonlyMap<string, TagName> = new Map(
  Object.entries({
    TIT2: "title",
    TT2: "title",
    TPE1: "artist",
    TP1: "artist",
    TALB: "album",
    TAL: "album",
    TCON: "genre",
    TCO: "genre",
    TDRC: "year",
    TYER: "year",
    TYE: "year",
    TRCK: "track",
    TRK: "track",
  } as const),
);
const INFO_NAMES: ReadonlyMap<string, TagName> = new Map(
  Object.entries({
    INAM: "title",
    IART: "artist",
    IPRD: "album",
    IGNR: "genre",
    ICRD: "year",
    IPRT: "track",
  } as const),
);
const MAX_TEXT_BYTES = 4096;
const MAX_FRAMES = 200;

/** Vorbis comments as FLAC, Ogg Vorbis and Opus carry them (from the vendor string on). */
export function readVorbisComments(bytes: Uint8Array): Tags {
  const tags: MutableTags = {};
  let at = 4 + littleEndian(bytes, 0, 4);
  const count = Math.min(littleEndian(bytes, at, 4), MAX_FRAMES);
  at += 4;
  for (let i = 0; i < count && at + 4 <= bytes.byteLength; i++) {
    const length = littleEndian(bytes, at, 4);
    at += 4;
    const comment = decodeUtf8(bytes.subarray(at, at + Math.min(length, MAX_TEXT_BYTES)));
    at += length;
    const equals = comment.indexOf("=");
    put(tags, COMMENT_NAMES.get(comment.slice(0, equals).toLowerCase()), comment.slice(equals + 1));
  }
  return tags;
}

/** RIFF INFO (the body of a LIST chunk). */
export function readInfoList(body: Uint8Array): Tags {
  const tags: MutableTags = {};
  if (ascii(body, 0, 4) !== "INFO") return tags;
  for (let at = 4; at + 8 <= body.byteLength; ) {
    const size = littleEndian(body, at + 4, 4);
    const text = body.subarray(at + 8, at + 8 + Math.min(size, MAX_TEXT_BYTES));
    put(tags, INFO_NAMES.get(ascii(body, at, 4)), decodeUntold(text));
    at += 8 + size + (size & 1);
  }
  return tags;
}

export interface Id3 {
  /** Where the tag ends and something else begins; 0 when there is no tag. */
  readonly endOffset: number;
  readonly tags: Tags;
}

/** ID3v2.2 to 2.4 at `offset`; pictures are stepped over, not read. */
export function readId3v2(bytes: ByteSource, offset = 0): Id3 {
  const head = bytes.view(offset, 10);
  if (head.byteLength < 10 || ascii(head, 0, 3) !== "ID3") return { endOffset: offset, tags: {} };
  const version = head[3]!;
  const flags = head[5]!;
  const end = offset + 10 + synchsafe(head, 6);
  const endOffset = end + (flags & 0x10 ? 10 : 0);
  const tags: MutableTags = {};
  const unsynchronised = (flags & 0x80) !== 0;
  const short = version === 2;
  const headBytes = short ? 6 : 10;
  let at = offset + 10;
  if (flags & 0x40 && !short) {
    const extended = bytes.view(at, 4);
    at += version === 4 ? synchsafe(extended, 0) : 4 + bigEndian(extended, 0, 4);
  }
  for (let i = 0; i < MAX_FRAMES && at + headBytes < end; i++) {
    const frame = bytes.view(at, headBytes);
    const name = ascii(frame, 0, short ? 3 : 4);
    if (!/^[A-Z0-9]{3,4}$/.test(name)) break;
    const size = short
      ? bigEndian(frame, 3, 3)
      : version === 4
        ? synchsafe(frame, 4)
        : bigEndian(frame, 4, 4);
    const tag = ID3_NAMES.get(name);
    if (tag && size > 1) {
      // A data-length indicator (2.4, flag 1) stands before the text.
      const extra = version === 4 && (frame[9] ?? 0) & 1 ? 4 : 0;
      const body = bytes.view(at + headBytes + extra, Math.min(size - extra, MAX_TEXT_BYTES));
      put(tags, tag, decodeId3Text(unsynchronised ? resynchronise(body) : body));
    }
    at += headBytes + size;
  }
  return { endOffset, tags };
}

/** ID3v1 in the file's last 128 bytes. */
export function readId3v1(bytes: ByteSource): Tags | undefined {
  const tail = bytes.size >= 128 ? bytes.view(bytes.size - 128, 128) : new Uint8Array(0);
  if (ascii(tail, 0, 3) !== "TAG") return undefined;
  const tags: MutableTags = {};
  put(tags, "title", decodeUntold(tail.subarray(3, 33)));
  put(tags, "artist", decodeUntold(tail.subarray(33, 63)));
  put(tags, "album", decodeUntold(tail.subarray(63, 93)));
  put(tags, "year", decodeUntold(tail.subarray(93, 97)));
  return tags;
}

function put(tags: MutableTags, name: TagName | undefined, text: string): void {
  if (name === undefined || tags[name] !== undefined) return;
  const clean = tidy(text);
  if (clean !== "") tags[name] = clean;
}

function synchsafe(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) value = value * 128 + ((bytes[at + i] ?? 0) & 0x7f);
  return value;
}

function resynchronise(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => !(byte === 0 && bytes[i - 1] === 0xff));
}
