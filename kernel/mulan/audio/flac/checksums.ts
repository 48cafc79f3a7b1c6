/** The two checksums of a FLAC frame (RFC 9639, sections 9.1.8 and 9.3), both starting at 0. */
const table8 = Uint8Array.from({ length: 256 }, (_, byte) => remainder(byte, 8, 0x07));
const table16 = Uint16Array.from({ length: 256 }, (_, byte) => remainder(byte << 8, 16, 0x8005));

/** Of a frame's header. */
export function crc8(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = table8[crc ^ byte]!;
  return crc;
}

/** Of a whole frame. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ table16[(crc >> 8) ^ byte]!;
  return crc;
}

function remainder(start: number, nBits: 8 | 16, polynomial: number): number {
  const top = 1 << (nBits - 1);
  let value = start;
  for (let i = 0; i < 8; i++) value = value & top ? (value << 1) ^ polynomial : value << 1;
  return value & (2 ** nBits - 1);
}
