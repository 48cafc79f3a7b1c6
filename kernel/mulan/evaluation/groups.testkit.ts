import { expect } from "vitest";
import type { Split, TaggedItem } from "../datasets/dataset.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { seededRandom } from "../embedding/projection/random.ts";
import { taggedDataset } from "./dataset.testkit.ts";
import type { Measured } from "./report.ts";

// The closed form behind tests of groups: k copies of every clip, each clip with its copies one group, know exactly what
// the clips alone know. What is drawn by group must be what the clips alone give; without groups intervals are too narrow.

const dim = 6;
export const copies = 4;
export const labels = ["piano", "drum", "flute"];

/** Clips whose embeddings lean towards their tags. */
function makeClips(n: number, seed: number) {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const tags = labels.filter((_, label) => i % 5 === label || random() < 0.2);
    const row = Array.from({ length: dim }, () => random() - 0.5);
    for (const tag of tags) row[labels.indexOf(tag)]! += 0.35;
    const split: Split = i % 10 < 5 ? "train" : i % 10 < 7 ? "validation" : "test";
    return { id: `clip ${i}`, path: `/nowhere/${i}.flac`, tags, row: unit(row), split };
  });
}

export function unit(row: readonly number[]): number[] {
  const length = Math.hypot(...row);
  return row.map((value) => value / length);
}

export type Clip = ReturnType<typeof makeClips>[number];

export function itemsOf(clips: readonly Clip[], withSplit = true): TaggedItem[] {
  return clips.map(({ row: _, split, ...item }) => (withSplit ? { ...item, split } : item));
}

/** Each clip `copies` times, block by block, grouped by the clip that it is of. */
export function copiesOf(clips: readonly Clip[]): (Clip & { group: string })[] {
  return Array.from({ length: copies }, (_, copy) =>
    clips.map((clip) => ({ ...clip, id: `${clip.id}, copy ${copy}`, group: clip.id })),
  ).flat();
}

export function modelOf(clips: readonly Clip[], id = "given") {
  const audio = Embeddings.from({ data: clips.map(({ row }) => row), dim });
  const data = labels.map((_, label) => Array.from({ length: dim }, (_, i) => Number(i === label)));
  return { audio, ids: clips.map(({ id }) => id), text: Embeddings.from({ data, labels }), id };
}

export const datasetOf = (items: readonly TaggedItem[]) => ({ ...taggedDataset(items), labels });

/** Only rounding apart: the same draws of as many groups as there were clips. */
export function expectAlike(
  got: readonly Measured[],
  wanted: readonly Measured[],
  digits = 10,
): void {
  expect(got.map(({ name }) => name)).toEqual(wanted.map(({ name }) => name));
  for (const [i, { value, interval }] of got.entries()) {
    expect(value).toBeCloseTo(wanted[i]!.value, digits);
    expect(interval![0]).toBeCloseTo(wanted[i]!.interval![0], digits);
    expect(interval![1]).toBeCloseTo(wanted[i]!.interval![1], digits);
  }
}

export const clips = makeClips(60, 1);
export const many = copiesOf(clips);
