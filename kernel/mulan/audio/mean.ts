/** The plain mean: a sound that is in one of two channels is half as loud. */
export function mean(channels: readonly Float32Array[]): Float32Array {
  const [first, second] = channels;
  if (!first || !second) return first ?? new Float32Array(0);
  const mixed = new Float32Array(first.length);
  if (channels.length === 2) {
    for (let i = 0; i < mixed.length; i++) mixed[i] = (first[i]! + second[i]!) / 2;
    return mixed;
  }
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0;
    for (const channel of channels) sum += channel[i]!;
    mixed[i] = sum / channels.length;
  }
  return mixed;
}
