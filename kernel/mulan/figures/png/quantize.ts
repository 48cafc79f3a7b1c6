import type { PaletteImage } from "./encodePng.ts";

const paletteSize = 256;
/** Of the pixels: what the palette must hold as it is, so that only smoothed edges are changed. */
const enough = 0.97;

/** Bits by which colours are told apart; coarser where a picture has too many. The last always fits. */
const depths = [
  { red: 5, green: 6, blue: 5 },
  { red: 4, green: 4, blue: 4 },
  { red: 3, green: 3, blue: 2 },
] as const;
type Depth = (typeof depths)[number];

/**
 * An opaque RGBA image with at most 256 colours: the most frequent ones as they first occur, the rest,
 * mostly smoothed edges, as the nearest of those.
 */
export function quantize(rgba: Uint8Array, width: number, height: number): PaletteImage {
  const pixels = new Uint32Array(width * height);
  new Uint8Array(pixels.buffer).set(rgba);
  for (const depth of depths) {
    const image = withDepth(pixels, width, height, depth);
    if (image) return image;
  }
  throw new Error("a palette of 8 bits holds every 8-bit colour");
}

function withDepth(
  pixels: Uint32Array,
  width: number,
  height: number,
  { red, green, blue }: Depth,
): PaletteImage | undefined {
  const keyCount = 1 << (red + green + blue);
  const counts = new Uint32Array(keyCount);
  const firstSeen = new Uint32Array(keyCount);
  const keys = new Uint16Array(pixels.length);
  let previous = -1;
  let key = 0;
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i]!;
    // Figures are mostly runs of one colour.
    if (pixel !== previous) {
      previous = pixel;
      const r = (pixel & 0xff) >> (8 - red);
      const g = ((pixel >>> 8) & 0xff) >> (8 - green);
      const b = ((pixel >>> 16) & 0xff) >> (8 - blue);
      key = (r << (green + blue)) | (g << blue) | b;
      if (counts[key] === 0) firstSeen[key] = pixel;
    }
    keys[i] = key;
    counts[key]!++;
  }
  const used: number[] = [];
  for (let each = 0; each < keyCount; each++) if (counts[each]! > 0) used.push(each);
  used.sort((a, b) => counts[b]! - counts[a]! || a - b);
  const held = used.slice(0, paletteSize).reduce((sum, each) => sum + counts[each]!, 0);
  if (held < enough * pixels.length) return undefined;
  const colors = used.map((each) => channels(firstSeen[each]!));
  const kept = colors.slice(0, paletteSize);
  const indexOf = new Uint8Array(keyCount);
  used.forEach((each, i) => {
    indexOf[each] = i < paletteSize ? i : nearest(colors[i]!, kept);
  });
  const indices = new Uint8Array(pixels.length);
  for (let i = 0; i < indices.length; i++) indices[i] = indexOf[keys[i]!]!;
  return { width, height, indices, palette: Uint8Array.from(kept.flat()) };
}

/** Typed arrays are little-endian on every platform that Node runs on: red is the lowest byte. */
function channels(pixel: number): [number, number, number] {
  return [pixel & 0xff, (pixel >>> 8) & 0xff, (pixel >>> 16) & 0xff];
}

function nearest(color: readonly number[], palette: readonly (readonly number[])[]): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [i, other] of palette.entries()) {
    const dr = color[0]! - other[0]!;
    const dg = color[1]! - other[1]!;
    const db = color[2]! - other[2]!;
    const distance = 2 * dr * dr + 4 * dg * dg + 3 * db * db;
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}
