import type { MapFigure } from "../../kernel/mulan/figures/contract.ts";
import { randomNumbers } from "../../kernel/mulan/figures/figures.testkit.ts";
import { mapFigure } from "../../kernel/mulan/figures/map/figure.ts";

/** Clusters of clips; ids count from c0. */
export function clusters(n: number, names: readonly string[]): MapFigure {
  const random = randomNumbers(3);
  const points = new Float32Array(2 * n);
  const labels = Array.from({ length: n }, (_, i) => {
    const group = i % names.length;
    const angle = (2 * Math.PI * group) / names.length;
    points[2 * i] = 4 * Math.cos(angle) + 2 * (random() + random() - 1);
    points[2 * i + 1] = 4 * Math.sin(angle) + 2 * (random() + random() - 1);
    return `${names[group]} ${i}`;
  });
  const sources = labels.map((label) => ({ label, startSec: 0, durationSec: 12 }));
  let next = 0;
  const input = { method: "umap", points, labels, modality: "audio" as const, sources };
  return mapFigure({ ...input, modelId: "mulan-mini@1.0.0" }, { clipId: () => `c${next++}` });
}
