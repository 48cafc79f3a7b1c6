import { OggMuxer } from "../../kernel/mulan/audio/decode/oggMux.ts";

/** Ten hours of silent Opus in about a megabyte: packets of two bytes that hold 48 empty frames of 2.5 ms each. */
export function silentOpus(hours: number): Buffer {
  const head = Buffer.from(
    "OpusHead\u0001\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
    "latin1",
  );
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.from("OpusTags\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000", "latin1");
  const muxer = new OggMuxer(7);
  const pages = [muxer.mux([head], 0), muxer.mux([tags], 0)];
  const frameSamples = 120;
  const framesPerPacket = 48;
  // CELT, full band, 2.5 ms, mono, code 3 (any number of frames), constant size 0.
  const packet = Uint8Array.from([(28 << 3) | 3, framesPerPacket]);
  const perPage = 250;
  let granule = 0;
  for (
    let left = (hours * 3600 * 48_000) / (frameSamples * framesPerPacket);
    left > 0;
    left -= perPage
  ) {
    granule += perPage * framesPerPacket * frameSamples;
    pages.push(
      muxer.mux(
        Array.from({ length: perPage }, () => packet),
        granule,
      ),
    );
  }
  return Buffer.concat(pages);
}

/** Hours of silent FLAC: each frame of 65,535 samples is a constant, 14 bytes long. */
export function silentFlac(hours: number, declareLength: boolean): Buffer {
  const blockSize = 65_535;
  const nFrames = Math.ceil((hours * 3600 * 44_100) / blockSize);
  const info = Buffer.alloc(42);
  info.write("fLaC", 0, "latin1");
  info.set([0x80, 0, 0, 34], 4);
  info.writeUInt16BE(blockSize, 8);
  info.writeUInt16BE(blockSize, 10);
  // 44,100 Hz (20 bits), 1 channel (3 bits), 16 bits per sample (5 bits).
  const total = declareLength ? nFrames * blockSize : 0;
  info.set([0x0a, 0xc4, 0x40, 0xf0 | Math.floor(total / 2 ** 32)], 18);
  info.writeUInt32BE(total >>> 0, 22);
  const frames = Array.from({ length: nFrames }, (_, i) => silentFrame(i, blockSize));
  return Buffer.concat([info, ...frames]);
}

function silentFrame(number: number, blockSize: number): Buffer {
  const head = [
    0xff,
    0xf8,
    0x79,
    0x08,
    ...utf8Number(number),
    (blockSize - 1) >> 8,
    (blockSize - 1) & 0xff,
  ];
  head.push(crc(head, 8, 0x07));
  const body = [...head, 0, 0, 0];
  const sum = crc(body, 16, 0x8005);
  return Buffer.from([...body, sum >> 8, sum & 0xff]);
}

function utf8Number(value: number): number[] {
  return [...Buffer.from(String.fromCodePoint(value), "utf8")];
}

function crc(bytes: readonly number[], width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  const mask = (1 << width) - 1;
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) sum = (sum & top ? (sum << 1) ^ polynomial : sum << 1) & mask;
  }
  return sum;
}
