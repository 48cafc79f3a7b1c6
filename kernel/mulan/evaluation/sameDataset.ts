/** Data sets that are written in several ways, by the name that our readers give them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  magnatagatune: ["mtt", "mtat", "magna tag a tune"],
  audioset: ["google audioset", "audioset 2m", "audioset 20k", "audioset music"],
  musiccaps: ["google musiccaps"],
  "song describer": ["sdd", "songdescriber"],
  "million song": ["msd", "million songs"],
  "mtg jamendo": ["jamendo"],
};

const NAMES = new Map(
  Object.entries(ALIASES).flatMap(([name, others]) =>
    [name, ...others].map((one) => [joined(one), joined(name)]),
  ),
);

/**
 * Whether two names mean one data set: without what stands in brackets ("MagnaTagATune (top 50)"), "dataset", case and
 * punctuation they are equal, or the same data set's other name. A name that merely begins alike is another: a folder
 * called "music" is not MusicCaps.
 */
export function isSameDataset(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => {
    const bare = plainName(name.replace(/\(.*?\)/g, "")).replace(
      /( |^)(data ?set|the)(?= |$)/g,
      "",
    );
    return NAMES.get(joined(bare)) ?? joined(bare);
  });
  return x !== "" && x === y;
}

/** Lower case, words parted by single spaces, nothing else. */
export function plainName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function joined(text: string): string {
  return text.replaceAll(" ", "");
}
