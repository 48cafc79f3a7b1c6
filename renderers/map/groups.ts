/** Points that share a colour. */
export interface Groups {
  /** Largest first. */
  readonly names: readonly string[];
  /** Of each point: a place in `names`, or `names.length` for all the rest. */
  readonly of: Uint8Array;
}

/** Okabe and Ito's colours but black, which dark pages swallow. */
export const maxGroups = 7;

/**
 * Groups by label: equal labels, numbering at either end left out ("piano 12" and "03-piano" are both piano).
 * Undefined where hardly any two labels are alike: colours would then say nothing.
 */
export function groupsOf(labels: readonly string[]): Groups | undefined {
  const keys = labels.map(stemOf);
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1);
  const nShared = shared.reduce((sum, [, count]) => sum + count, 0);
  if (counts.size < 2 || nShared <= labels.length / 2) return undefined;
  const names = shared
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, maxGroups)
    .map(([name]) => name);
  const places = new Map(names.map((name, i) => [name, i]));
  return { names, of: Uint8Array.from(keys, (key) => places.get(key) ?? names.length) };
}

/** Points whose label holds a text, whatever its case: 0, and 1 for the rest. */
export function matching(labels: readonly string[], text: string): Uint8Array {
  const wanted = text.toLocaleLowerCase();
  return Uint8Array.from(labels, (label) => (label.toLocaleLowerCase().includes(wanted) ? 0 : 1));
}

function stemOf(label: string): string {
  const stem = label.replace(/^[\d\s._#()-]+|[\d\s._#()-]+$/g, "");
  return stem === "" ? label : stem;
}
