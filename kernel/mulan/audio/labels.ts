import { basename, dirname, extname } from "node:path";
import type { Tags } from "./decode/audioStream.ts";

interface Named {
  readonly path: string;
  readonly tags: Tags;
}

/** A distinct name for each file: its title, made longer only where several share it. */
export function distinctLabels(files: readonly Named[]): string[] {
  const candidates: readonly ((file: Named) => string)[] = [
    ({ tags, path }) => tags.title ?? stem(path),
    ({ tags, path }) => (tags.title && tags.artist ? `${tags.title} · ${tags.artist}` : stem(path)),
    ({ path }) => stem(path),
    ({ path }) => basename(path),
    ({ path }) => `${basename(dirname(path))}/${basename(path)}`,
  ];
  const labels = files.map((file) => candidates[0]!(file));
  for (const longer of candidates.slice(1)) {
    const counts = countOf(labels);
    files.forEach((file, i) => {
      if (counts.get(labels[i]!)! > 1) labels[i] = longer(file);
    });
  }
  return numbered(labels);
}

function stem(path: string): string {
  return basename(path, extname(path));
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
