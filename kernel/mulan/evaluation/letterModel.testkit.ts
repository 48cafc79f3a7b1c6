import { Embeddings } from "../embedding/embeddings.ts";
import { MulanError } from "../foundation/errors.ts";
import type { EmbeddableClip, TwoTowers } from "./twoTowers.ts";

/** A clip that knows only its label: what the letter model hears. */
export function clipCalled(label: string): EmbeddableClip {
  return {
    label,
    path: `${label}.wav`,
    startSec: 0,
    durationSec: 1,
    resampled: async () => new Float32Array(1),
    contentHash: async () => label,
  };
}

/**
 * An honest small model for tests: texts and clips become the counts of their letters a to z. What has no
 * letter cannot be embedded. `asked` lists what each call was asked for.
 */
export function letterModel(id = "letters"): TwoTowers & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const embed = (labels: readonly string[], sources: readonly (string | EmbeddableClip)[]) => {
    asked.push([...labels]);
    const good = labels.map((label) => /[a-z]/.test(label));
    const isGood = (_: unknown, i: number) => good[i]!;
    return Embeddings.from({
      data: labels.filter(isGood).map(letterCounts),
      dim: 26,
      labels: labels.filter(isGood),
      sources: sources.filter(isGood),
      modelId: id,
      failures: labels
        .map((label, i) => ({
          source: typeof sources[i] === "string" ? label : `${label}.wav`,
          error: new MulanError("letters.none", "there is no letter in it", { subject: label }),
        }))
        .filter((_, i) => !good[i]),
    });
  };
  return {
    id,
    manifest: { temperature: 0.1 },
    asked,
    embedText: async (texts) => {
      const all = typeof texts === "string" ? [texts] : texts;
      return embed(all, all);
    },
    embedAudio: async (clips) => {
      const all = Array.isArray(clips) ? (clips as EmbeddableClip[]) : [clips as EmbeddableClip];
      return embed(
        all.map(({ label }) => label),
        all,
      );
    },
  };
}

function letterCounts(text: string): number[] {
  const counts = Array<number>(26).fill(0);
  for (const letter of text.matchAll(/[a-z]/g)) counts[letter[0].charCodeAt(0) - 97]! += 1;
  return counts;
}
