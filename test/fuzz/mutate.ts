import { oggCrc } from "../../kernel/mulan/audio/decode/oggPages.ts";

export type Random = () => number;

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const HEADER_BYTES = 256;
const EXTREMES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

const pick = <T>(items: readonly T[], random: Random): T =>
  items[Math.floor(random() * items.length)]!;
const within = (limit: number, random: Random) => Math.floor(random() * Math.max(1, limit));

const flipBits: Mutation = (bytes, random) => {
  const count = 1 + within(40, random);
  for (let i = 0; i < count; i++) bytes[within(bytes.length, random)]! ^= 1 << within(8, random);
  return bytes;
};

const flipHeaderBits: Mutation = (bytes, random) => {
  const limit = Math.min(HEADER_BYTES, bytes.length);
  for (let i = 0; i < 4; i++) bytes[within(limit, random)]! ^= 1 << within(8, random);
  return bytes;
};

const truncate: Mutation = (bytes, random) => bytes.subarray(0, within(bytes.length, random));

const spliceHeader: Mutation = (bytes, random, other) => {
  const length = within(HEADER_BYTES, random);
  return Buffer.concat([other.subarray(0, length), bytes.subarray(within(HEADER_BYTES, random))]);
};

const extremeField: Mutation = (bytes, random) => {
  const at = within(Math.min(HEADER_BYTES, bytes.length - 4), random);
  const value = pick(EXTREMES, random);
  if (random() < 0.5) bytes.writeUInt32LE(value, at);
  else bytes.writeUInt32BE(value, at);
  return bytes;
};

const dropPiece: Mutation = (bytes, random) => {
  const from = within(bytes.length, random);
  const to = Math.min(bytes.length, from + within(2000, random));
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
};

const repeatPiece: Mutation = (bytes, random) => {
  const from = within(bytes.length, random);
  const to = Math.min(bytes.length, from + within(2000, random));
  return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
};

const noisePiece: Mutation = (bytes, random) => {
  const from = within(bytes.length, random);
  const to = Math.min(bytes.length, from + within(500, random));
  for (let i = from; i < to; i++) bytes[i] = within(256, random);
  return bytes;
};

const MUTATIONS = [
  flipBits,
  flipHeaderBits,
  truncate,
  spliceHeader,
  extremeField,
  dropPiece,
  repeatPiece,
  noisePiece,
];

/** One to three mutations; half of the Ogg files get right checksums again, so that the damage goes deeper. */
export function mutate(original: Buffer, other: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(original);
  const count = 1 + within(3, random);
  for (let i = 0; i < count && bytes.length > 8; i++) {
    bytes = Buffer.from(pick(MUTATIONS, random)(bytes, random, other));
  }
  if (random() < 0.5) repairOgg(bytes);
  return bytes;
}

function repairOgg(bytes: Buffer): void {
  for (let at = bytes.indexOf("OggS"); at >= 0; at = bytes.indexOf("OggS", at + 1)) {
    if (at + 27 > bytes.length) return;
    const lacing = bytes.subarray(at + 27, at + 27 + bytes[at + 26]!);
    const length = 27 + lacing.length + lacing.reduce((sum, lace) => sum + lace, 0);
    if (at + length > bytes.length) continue;
    bytes.writeUInt32LE(oggCrc(bytes.subarray(at, at + length)), at + 22);
  }
}
