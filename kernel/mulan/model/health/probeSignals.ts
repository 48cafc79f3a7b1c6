/** Texts that any music model must tell apart; also what a device's results are compared by. */
export const PROBE_TEXTS: readonly string[] = [
  "piano",
  "heavy metal with distorted guitars",
  "a calm string quartet",
  "fast techno, drum machine",
  "silence",
];

/** Sounds that no sound model may confuse: noise, a tone, a chord with a beat. One window each. */
export function probeSounds(lengthSamples: number, sampleRateHz: number): Float32Array[] {
  const sound = (sample: (sec: number, i: number) => number) =>
    Float32Array.from({ length: lengthSamples }, (_, i) => sample(i / sampleRateHz, i));
  const tone = (hz: number, sec: number) => Math.sin(2 * Math.PI * hz * sec);
  const noise = seededNoise(1);
  return [
    sound(() => 0.3 * noise()),
    sound((sec) => 0.3 * tone(440, sec)),
    sound(
      (sec) => (sec % 0.5 < 0.25 ? 0.1 : 0) * (tone(131, sec) + tone(165, sec) + tone(196, sec)),
    ),
  ];
}

/** Uniform in [−1, 1), the same on every machine (a linear congruential generator, Numerical Recipes' constants). */
function seededNoise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
