import { basename, dirname, extname } from "node:path";

/** A distinct name for each file: its name without the ending, made longer only where several share it. */
export function distinctLabels(paths: readonly string[]): string[] {
  const candidates: readonly ((path: string) => string)[] = [
    (path) => basename(path, extname(path)),
    (path) => basename(path),
    (path) => `${basename(dirname(path))}/${basename(path)}`,
  ];
  const labels = paths.map((path) => candidates[0]!(path));
  for (const longer of candidates.slice(1)) {
    const counts = countOf(labels);
    paths.forEach((path, i) => {
      if (counts.get(labels[i]!)! > 1) labels[i] = longer(path);
    });
  }
  return numbered(labels);
}

function countOf(labels: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function numbered(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let name = label;
    for (let i = 2; taken.has(name); i++) name = `${label} (${i})`;
    taken.add(name);
    return name;
  });
}
