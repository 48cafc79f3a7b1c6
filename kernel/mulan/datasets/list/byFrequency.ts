/** Each once, the most frequent first, equally frequent ones by name. */
export function byFrequency(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, nA], [b, nB]) => nB - nA || (a < b ? -1 : 1)).map(([name]) => name);
}
