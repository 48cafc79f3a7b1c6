import { Embeddings } from "../embedding/embeddings.ts";
import { similarity } from "../embedding/similarity.ts";
import { ambientSignal, type Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import type { Failure } from "../foundation/errors.ts";
import { MulanError, toMulanError } from "../foundation/errors.ts";
import type { JointModel } from "../model/jointModel.ts";
import type { EmbeddableClip } from "../model/towers/embedClips.ts";
import { conceptRows } from "./concepts.ts";
import { levelsDbfs } from "./levels.ts";
import { NOISE, SILENCE, SPEECH } from "./nonMusic.ts";

export interface MusicFractionOptions {
  readonly model: Pick<JointModel, "id" | "embedAudio" | "embedText"> & {
    readonly manifest: { readonly audio: { readonly frontEnd: { readonly sampleRateHz: number } } };
  };
  /** What stands for music. Default: the names of the library's own music concepts. */
  readonly music?: readonly string[];
  /** What stands for anything else. Default: a few words each for speech, noise and silence. */
  readonly other?: readonly string[];
  /** A window whose best music cosine is lower is no music. Default 0.35, measured for mulan-mini. */
  readonly minCosine?: number;
  /** A window below this level (dB relative to full scale, RMS) is silence whatever the model says. Default −60. */
  readonly silenceDbfs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface MusicWindow {
  /** From the start of the clip. */
  readonly startSec: number;
  readonly durationSec: number;
  readonly isMusic: boolean;
  readonly levelDbfs: number;
  /** The nearest music text. */
  readonly music: string;
  readonly musicCosine: number;
  /** The nearest text of speech, noise or silence. */
  readonly other: string;
  readonly otherCosine: number;
}

export interface MusicFraction {
  readonly label: string;
  /** Share of windows that are music, 0 to 1. MuLan's article drops recordings below 0.5. */
  readonly fraction: number;
  readonly windows: readonly MusicWindow[];
}

export interface MusicFractions {
  readonly items: readonly MusicFraction[];
  readonly failures: readonly Failure[];
}

/**
 * How much of a clip is music, by the model's own zero-shot scores: a window counts when its best music text beats the
 * best text of speech, noise or silence, reaches `minCosine`, and is loud enough to be heard. A model that was trained
 * on music only has never heard speech, and steady tones are music to it: docs/datasets.md has measured figures.
 * @throws MulanError `curation.no-windows`, `curation.concepts`, and what embedding throws
 */
export async function musicFraction(
  clip: EmbeddableClip,
  options: MusicFractionOptions,
): Promise<MusicFraction>;
export async function musicFraction(
  clips: readonly EmbeddableClip[],
  options: MusicFractionOptions,
): Promise<MusicFractions>;
export async function musicFraction(
  clips: EmbeddableClip | readonly EmbeddableClip[],
  options: MusicFractionOptions,
): Promise<MusicFraction | MusicFractions> {
  assertNotPromise(clips, "musicFraction(await readAudio(…), { model })");
  assertNotPromise(options.model, "musicFraction(clips, { model: await load() })");
  const { model, signal = ambientSignal(), onProgress } = options;
  const sides: Sides = {
    music: await conceptRows(model, options.music, { signal }),
    other: await model.embedText(options.other ?? [...SPEECH, ...NOISE, ...SILENCE], { signal }),
  };
  const audio = await model.embedAudio(clips, { signal, onProgress });
  const items: MusicFraction[] = [];
  const failures: Failure[] = [...audio.failures];
  for (let i = 0; i < audio.n; i++) {
    const clip = audio.sources[i] as EmbeddableClip;
    try {
      items.push(await judge(clip, audio, i, sides, { ...options, signal }));
    } catch (error) {
      signal?.throwIfAborted();
      if (!Array.isArray(clips)) throw error;
      failures.push({
        source: clip.path ?? clip.label,
        error: toMulanError(error, "curation.level"),
      });
    }
  }
  return Array.isArray(clips) ? { items, failures } : items[0]!;
}

interface Sides {
  readonly music: Embeddings;
  readonly other: Embeddings;
}

async function judge(
  clip: EmbeddableClip,
  audio: Embeddings,
  row: number,
  sides: Sides,
  { model, minCosine = 0.35, silenceDbfs = -60, signal }: MusicFractionOptions,
): Promise<MusicFraction> {
  const label = audio.labels[row]!;
  const { windows } = audio;
  if (!windows) {
    throw new MulanError("curation.no-windows", "this model gives no rows for windows", {
      subject: label,
    });
  }
  const [from, to] = [windows.offsets[row]!, windows.offsets[row + 1]!];
  const rows = Embeddings.from({
    data: windows.data.subarray(from * audio.dim, to * audio.dim),
    dim: audio.dim,
    labels: Array.from({ length: to - from }, (_, i) => String(i)),
    modality: "audio",
    modelId: audio.modelId,
  });
  const spans = Array.from({ length: to - from }, (_, i) => ({
    startSec: windows.startSec[from + i]! - clip.startSec,
    durationSec: windows.durationSec[from + i]!,
  }));
  const { sampleRateHz } = model.manifest.audio.frontEnd;
  const levels = levelsDbfs(await clip.resampled(sampleRateHz, { signal }), sampleRateHz, spans);
  const [music, other] = [nearest(rows, sides.music), nearest(rows, sides.other)];
  const judged = spans.map((span, i): MusicWindow => {
    const { text, cosine } = music[i]!;
    return {
      ...span,
      isMusic: levels[i]! >= silenceDbfs && cosine >= minCosine && cosine > other[i]!.cosine,
      levelDbfs: levels[i]!,
      music: text,
      musicCosine: cosine,
      other: other[i]!.text,
      otherCosine: other[i]!.cosine,
    };
  });
  const nMusic = judged.filter(({ isMusic }) => isMusic).length;
  return { label, fraction: nMusic / judged.length, windows: judged };
}

/** The nearest text of each row. */
function nearest(rows: Embeddings, texts: Embeddings): { text: string; cosine: number }[] {
  const { values } = similarity(rows, texts);
  return Array.from({ length: rows.n }, (_, i) => {
    const row = values.subarray(i * texts.n, (i + 1) * texts.n);
    const cosine = row.reduce((best, value) => Math.max(best, value), -1);
    return { text: texts.labels[row.indexOf(cosine)]!, cosine };
  });
}
