import { crc32, deflateSync } from "node:zlib";

/** Pixels that index a palette, `[height, width]`, one byte each. */
export interface PaletteImage {
  readonly width: number;
  readonly height: number;
  readonly indices: Uint8Array;
  /** RGB triples, at most 256. */
  readonly palette: Uint8Array;
}

/** CSS px are 1/96 inch: 2× density says 192 dpi, in pixels per metre. */
const pixelsPerMetreAt1x = 96 / 0.0254;

/** A PNG (ISO/IEC 15948) of colour type 3, the smallest form for figures. */
export function encodePng(image: PaletteImage, density = 1, level = 6): Uint8Array {
  const { width, height, indices, palette } = image;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  const physical = new Uint8Array(9);
  const perMetre = Math.round(pixelsPerMetreAt1x * density);
  new DataView(physical.buffer).setUint32(0, perMetre);
  new DataView(physical.buffer).setUint32(4, perMetre);
  physical[8] = 1;
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("pHYs", physical),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level })),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Buffer.from(type, "latin1"), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
