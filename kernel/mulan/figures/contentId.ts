/**
 * Names an output by what it holds: a renderer and its host see the same bytes and share no other name that
 * lasts over saving and opening again. FNV-1a, 64 bits, over the bytes of the output's JSON; no secret.
 */
export function contentId(bytes: Uint8Array): string {
  // Two halves of 32 bits: BigInt would take a second for a large figure.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of bytes) {
    low = (low ^ byte) >>> 0;
    // Times the prime 2^40 + 0x1b3.
    const product = low * 0x1b3;
    const carry = Math.floor(product / 2 ** 32);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
