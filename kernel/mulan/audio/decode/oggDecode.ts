import type { ByteSource } from "./fileBytes.ts";
import { OggPacketizer } from "./oggPackets.ts";
import { findOggPage, walkOggPages } from "./oggPages.ts";
import { locateOggPage } from "./oggSeek.ts";
import type { OggStream } from "./oggStream.ts";

/** A codec that turns the packets of a page into [channel][frame]. */
export interface PacketDecoder {
  decode(packets: readonly Uint8Array[]): Promise<{ channels: Float32Array[]; errors: number }>;
  free(): void;
}

export interface OggDecodeOptions {
  readonly bytes: ByteSource;
  readonly stream: OggStream;
  readonly nChannels: number;
  readonly sampleRateHz: number;
  /** Codec position of the first sample that is heard (Opus' pre-skip). */
  readonly origin: number;
  /** What the codec must hear before a sample to give it right. */
  readonly prerollFrames: number;
  readonly createDecoder: () => Promise<PacketDecoder>;
  readonly warnings: string[];
}

const SILENCE_FRAMES = 65_536;

/** Pieces from `startFrame` on; each page's position tells where its samples belong. */
export async function* decodeOgg(
  options: OggDecodeOptions,
  startFrame: number,
): AsyncGenerator<Float32Array[]> {
  const { bytes, stream, nChannels, sampleRateHz, origin, warnings } = options;
  const target = startFrame + origin;
  const preroll = target - options.prerollFrames;
  const offset = preroll > 0 ? locateOggPage(bytes, stream, preroll) : stream.audioStart;
  const sought = offset !== stream.audioStart;
  const warn = (position: number, what: string) =>
    warnings.push(`${Math.max(0, (position - origin) / sampleRateHz).toFixed(2)} s in, ${what}`);
  const packetizer = new OggPacketizer(stream.serial);
  const decoder = await options.createDecoder();
  // Positions before `target` are decoded but not given out.
  let position = sought ? undefined : 0;
  const onGap = (at: number, length: number) => {
    if (length > 0) warnings.push(`${length} bytes at offset ${at} are no Ogg page`);
  };
  try {
    for (const page of walkOggPages(bytes, offset, onGap)) {
      if (page.serial !== stream.serial) continue;
      const { packets } = packetizer.push(page);
      if (page.isLast && !stream.isChained && beginsStream(bytes, page.offset + page.bytes)) {
        warnings.push("the file holds further streams, which are left out");
      }
      if (packets.length === 0) continue;
      const { channels, errors } = await decoder.decode(packets);
      const nFrames = channels[0]?.length ?? 0;
      if (errors > 0) warn(position ?? target, `${errors} damaged packets`);
      const told = page.granule !== undefined && !page.isLast ? page.granule - nFrames : undefined;
      const start = told ?? position ?? target;
      if (position !== undefined && start > position && nFrames > 0) {
        const missing = Math.min(start, stream.lastGranule ?? start) - position;
        warn(position, `${missing} samples are missing`);
        yield* silence(nChannels, Math.max(position, target), position + missing);
      }
      const end = page.isLast && page.granule !== undefined ? page.granule : start + nFrames;
      const from = Math.max(target, position ?? 0) - start;
      const to = Math.min(nFrames, end - start);
      if (to > from) {
        const first = Math.max(0, from);
        yield fitChannels(channels, nChannels).map((channel) => channel.subarray(first, to));
      }
      position = Math.max(position ?? 0, start + Math.max(0, to));
      if (page.isLast) return;
    }
  } finally {
    decoder.free();
  }
}

/** A page with a begin flag stands at `offset`: another stream, be its serial number the same. */
function beginsStream(bytes: ByteSource, offset: number): boolean {
  const next = findOggPage(bytes, offset, bytes.size);
  return next?.offset === offset && next.isFirst;
}

function fitChannels(channels: readonly Float32Array[], nChannels: number): Float32Array[] {
  const length = channels[0]?.length ?? 0;
  return Array.from({ length: nChannels }, (_, i) => channels[i] ?? new Float32Array(length));
}

function* silence(nChannels: number, from: number, to: number): Generator<Float32Array[]> {
  for (let at = from; at < to; at += SILENCE_FRAMES) {
    const count = Math.min(SILENCE_FRAMES, to - at);
    yield Array.from({ length: nChannels }, () => new Float32Array(count));
  }
}
