import type { ByteSource } from "./fileBytes.ts";
import { findOggPage, type OggPage, walkOggPages } from "./oggPages.ts";
import type { OggStream } from "./oggStream.ts";

const NEAR_BYTES = 96 * 1024;
const MAX_STEPS = 40;

/**
 * Where to start reading so that everything from codec position `target` on is decoded: the page after the
 * last one that ends at or before it. Never the stream's last page, whose end is cut and tells no position.
 */
export function locateOggPage(bytes: ByteSource, stream: OggStream, target: number): number {
  let low = { offset: stream.audioStart, granule: 0 };
  let high = { offset: bytes.size, granule: stream.lastGranule ?? 0 };
  for (let step = 0; step < MAX_STEPS && high.offset - low.offset > NEAR_BYTES; step++) {
    const share = (target - low.granule) / Math.max(1, high.granule - low.granule);
    // Every third step halves, so that a file of very uneven density still converges.
    const ratio = step % 3 === 2 ? 0.5 : Math.min(0.98, Math.max(0.02, share - 0.005));
    const guess = low.offset + Math.floor((high.offset - low.offset) * ratio);
    const page = findPageOf(bytes, stream.serial, guess, high.offset);
    if (page && page.granule! <= target && page.granule! >= low.granule) {
      low = { offset: page.offset + page.bytes, granule: page.granule! };
      // What lies shortly before the target is near enough to be walked.
      if (page.offset + NEAR_BYTES > high.offset) break;
    } else {
      high = { offset: guess, granule: page?.granule ?? high.granule };
    }
  }
  let best = stream.audioStart;
  let candidate = low.offset;
  for (const page of walkOggPages(bytes, low.offset, () => {})) {
    if (page.serial !== stream.serial) continue;
    if (!page.isLast) best = candidate;
    if (page.isLast || (page.granule !== undefined && page.granule > target)) break;
    if (page.granule !== undefined) candidate = page.offset + page.bytes;
  }
  return best;
}

function findPageOf(
  bytes: ByteSource,
  serial: number,
  from: number,
  end: number,
): OggPage | undefined {
  for (let at = from; at < end; ) {
    const page = findOggPage(bytes, at, end);
    if (!page || (page.serial === serial && page.granule !== undefined)) return page;
    at = page.offset + page.bytes;
  }
  return undefined;
}
