import { decoder as createPackageDecoder } from "@audio/decode-wav";
import { MulanError } from "../../foundation/errors.ts";
import type { AudioStream, StreamInfo } from "./audioStream.ts";
import type { ByteSource } from "./fileBytes.ts";
import { readInfoList } from "./tags.ts";
import { ascii, littleEndian } from "./textBytes.ts";
import { pcmReader } from "./wavPcm.ts";

export interface WavFormat {
  readonly formatTag: number;
  readonly nChannels: number;
  readonly sampleRateHz: number;
  readonly blockBytes: number;
  readonly bitsPerSample: number;
}

interface WavLayout {
  readonly format: WavFormat;
  /** The header up to the samples, for the package that expands companded and ADPCM data. */
  readonly head: Uint8Array;
  readonly dataStart: number;
  readonly dataBytes: number;
  readonly declaredBytes: number;
  readonly tags: StreamInfo["tags"];
}

const EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 64;
const PIECE_FRAMES = 32_768;
const MAX_TAG_BYTES = 64 * 1024;

/** A-law, µ-law, MS ADPCM, IMA ADPCM: the package expands them. */
const PACKAGE_TAGS: ReadonlySet<number> = new Set([6, 7, 2, 0x11]);

/**
 * WAV of any integer or float width, EXTENSIBLE, RF64 and BW64 are read here, because the package scales
 * positive integers by 1/(2^(n−1) − 1) and knows no RF64. Companded and ADPCM data go through the package.
 */
export function openWav(bytes: ByteSource): AudioStream {
  const layout = readLayout(bytes);
  const { format } = layout;
  const warnings: string[] = [];
  if (layout.declaredBytes > layout.dataBytes) {
    warnings.push(
      `the header promises ${layout.declaredBytes} bytes of samples, the file has ${layout.dataBytes}`,
    );
  }
  const info = {
    format: "wav",
    sampleRateHz: format.sampleRateHz,
    nChannels: format.nChannels,
    tags: layout.tags,
  } as const;
  const readPcm = pcmReader(format);
  if (readPcm) {
    const nFrames = Math.floor(layout.dataBytes / format.blockBytes);
    return {
      info: { ...info, nFrames },
      warnings,
      async *decode(startFrame) {
        for (let at = startFrame; at < nFrames; at += PIECE_FRAMES) {
          const count = Math.min(PIECE_FRAMES, nFrames - at);
          const offset = layout.dataStart + at * format.blockBytes;
          yield readPcm(bytes.view(offset, count * format.blockBytes));
        }
      },
    };
  }
  if (PACKAGE_TAGS.has(format.formatTag)) return packageStream(bytes, layout, info, warnings);
  throw new MulanError(
    "audio.unsupported",
    `WAV with format tag 0x${format.formatTag.toString(16)} and ${format.bitsPerSample} bits is not read here`,
  );
}

function packageStream(
  bytes: ByteSource,
  layout: WavLayout,
  info: Omit<StreamInfo, "nFrames">,
  warnings: string[],
): AudioStream {
  const { format } = layout;
  const perBlock = framesPerBlock(format, layout.head);
  const nBlocks = Math.floor(layout.dataBytes / format.blockBytes);
  const blocksPerPiece = Math.max(1, Math.floor(PIECE_FRAMES / perBlock));
  return {
    info: { ...info, nFrames: nBlocks * perBlock },
    warnings,
    async *decode(startFrame) {
      const decoder = createPackageDecoder();
      try {
        decoder.decode(layout.head);
        let block = Math.floor(startFrame / perBlock);
        let skip = startFrame - block * perBlock;
        for (; block < nBlocks; block += blocksPerPiece) {
          const count = Math.min(blocksPerPiece, nBlocks - block);
          const offset = layout.dataStart + block * format.blockBytes;
          const piece = decoder.decode(bytes.view(offset, count * format.blockBytes));
          yield piece.channelData.map((channel) => channel.subarray(skip));
          skip = 0;
        }
      } finally {
        decoder.free();
      }
    },
  };
}

function framesPerBlock(format: WavFormat, head: Uint8Array): number {
  const { formatTag, blockBytes, nChannels } = format;
  if (formatTag === 6 || formatTag === 7) return 1;
  const at = Buffer.from(head.buffer, head.byteOffset, head.byteLength).indexOf("fmt ");
  const told = littleEndian(head, at + 26, 2);
  if (told > 0) return told;
  return formatTag === 2
    ? 2 + Math.floor(((blockBytes - 7 * nChannels) * 2) / nChannels)
    : 1 + Math.floor((blockBytes / nChannels - 4) * 2);
}

function readLayout(bytes: ByteSource): WavLayout {
  let format: WavFormat | undefined;
  let longDataBytes: number | undefined;
  let tags: StreamInfo["tags"] = {};
  for (let at = 12; at + 8 <= bytes.size; ) {
    const head = bytes.view(at, 8);
    const kind = ascii(head, 0, 4);
    const size = littleEndian(head, 4, 4);
    const body = at + 8;
    if (kind === "ds64") longDataBytes = readLong(bytes.view(body + 8, 8));
    if (kind === "fmt ") format = readFormat(bytes.view(body, Math.min(size, 64)));
    if (kind === "LIST") tags = readInfoList(bytes.view(body, Math.min(size, MAX_TAG_BYTES)));
    if (kind === "data") {
      if (!format) break;
      // 0xFFFFFFFF (RF64, or a writer that could not seek back) and 0 (a stream) mean "to the end".
      const untold = size === 0xffffffff || (size === 0 && !isChunk(bytes, body));
      const declaredBytes = untold ? (longDataBytes ?? bytes.size - body) : size;
      const dataBytes = Math.min(declaredBytes, bytes.size - body);
      if (Object.keys(tags).length === 0)
        tags = tagsAfter(bytes, body + dataBytes + (dataBytes & 1));
      const headBytes = bytes.view(0, Math.min(body, MAX_TAG_BYTES)).slice();
      return { format, head: headBytes, dataStart: body, dataBytes, declaredBytes, tags };
    }
    at = body + size + (size & 1);
  }
  throw new MulanError("audio.damaged", "the WAV header is broken", {
    expected: "a 'fmt ' chunk and then a 'data' chunk",
    got: format ? "no 'data' chunk" : "no 'fmt ' chunk before the samples",
  });
}

/** Behind an empty 'data' chunk come chunks up to the file's end; behind a stream's come samples. */
function isChunk(bytes: ByteSource, at: number): boolean {
  const head = bytes.view(at, 8);
  if (head.byteLength < 8 || !/^[A-Za-z][\w ]{3}$/.test(ascii(head, 0, 4))) return false;
  const size = littleEndian(head, 4, 4);
  const end = at + 8 + size;
  return end <= bytes.size && (end + 1 >= bytes.size || isChunk(bytes, end + (size & 1)));
}

function tagsAfter(bytes: ByteSource, offset: number): StreamInfo["tags"] {
  const head = bytes.view(offset, 8);
  if (head.byteLength < 8 || ascii(head, 0, 4) !== "LIST") return {};
  return readInfoList(bytes.view(offset + 8, Math.min(littleEndian(head, 4, 4), MAX_TAG_BYTES)));
}

function readLong(piece: Uint8Array): number {
  return littleEndian(piece, 0, 4) + littleEndian(piece, 4, 4) * 2 ** 32;
}

function readFormat(body: Uint8Array): WavFormat {
  const tag = littleEndian(body, 0, 2);
  // EXTENSIBLE names the real format in the first two bytes of its GUID.
  const formatTag = tag === EXTENSIBLE && body.byteLength >= 26 ? littleEndian(body, 24, 2) : tag;
  const nChannels = littleEndian(body, 2, 2);
  const sampleRateHz = littleEndian(body, 4, 4);
  const blockBytes = littleEndian(body, 12, 2);
  const bitsPerSample = littleEndian(body, 14, 2);
  if (nChannels < 1 || nChannels > MAX_CHANNELS) {
    throw new MulanError("audio.damaged", "the WAV header names an impossible channel count", {
      expected: `1 to ${MAX_CHANNELS} channels`,
      got: `${nChannels}`,
    });
  }
  if (blockBytes < 1) throw new MulanError("audio.damaged", "the WAV header has a block size of 0");
  return { formatTag, nChannels, sampleRateHz, blockBytes, bitsPerSample };
}
