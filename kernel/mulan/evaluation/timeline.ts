import { Embeddings } from "../embedding/embeddings.ts";
import { similarity } from "../embedding/similarity.ts";
import type { Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { MulanError } from "../foundation/errors.ts";
import type { Manifest } from "../model/manifest/manifest.ts";
import { Timeline, windowCosines } from "./timelineResult.ts";
import type { EmbeddableClip, TwoTowers } from "./twoTowers.ts";

/** A model whose windows are known by their length. */
export interface WindowedTowers extends Pick<TwoTowers, "id" | "embedAudio" | "embedText"> {
  readonly manifest: {
    readonly audio: Pick<Manifest["audio"], "windows"> & {
      readonly frontEnd: { readonly sampleRateHz: number };
    };
  };
}

export interface TimelineOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * How well prompts fit a clip as it goes on: the cosine of each prompt with each of the model's windows,
 * `[nPrompts, nWindows]`, and with the whole clip.
 * @param clip a clip, or its embedding that was made before (one row with its windows, of this model)
 * @throws MulanError `timeline.one-clip`, `timeline.no-windows`, `prompts.empty`, `embeddings.model-mismatch`, and
 * what embedding throws
 */
export async function timeline(
  model: WindowedTowers,
  clip: EmbeddableClip | Embeddings,
  prompts: string | readonly string[],
  options: TimelineOptions = {},
): Promise<Timeline> {
  assertNotPromise(model, "timeline(await load(), …)");
  assertNotPromise(clip, "timeline(model, (await readAudio(…))[0], …)");
  const texts = typeof prompts === "string" ? [prompts] : [...new Set(prompts)];
  if (texts.length === 0) {
    throw new MulanError("prompts.empty", "there are no prompts", {
      expected: 'a text such as "drums", or a list of them',
    });
  }
  if (Array.isArray(clip)) throw notOne(clip.length);
  const audio = clip instanceof Embeddings ? clip : await model.embedAudio(clip, options);
  if (audio.n !== 1) throw notOne(audio.n);
  const { windows } = audio;
  if (!windows) {
    throw new MulanError("timeline.no-windows", "these embeddings have no rows for windows", {
      remedy: "Embed the clip itself: timeline(model, clip, prompts)",
    });
  }
  const words = await model.embedText(texts, options);
  if (words.failures.length > 0) throw words.failures[0]!.error;
  const nWindows = windows.startSec.length;
  const cosines = new Float32Array(words.n * nWindows);
  for (let i = 0; i < words.n; i++) {
    cosines.set(windowCosines(words.row(i), windows.data), i * nWindows);
  }
  const { frontEnd, windows: policy } = model.manifest.audio;
  return new Timeline({
    label: audio.labels[0]!,
    source: audio.sources[0],
    prompts: words.labels,
    startSec: windows.startSec,
    durationSec: windows.durationSec,
    windowSec: policy.lengthSamples / frontEnd.sampleRateHz,
    cosines,
    scores: similarity(words, audio).values,
    modelId: model.id,
  });
}

function notOne(n: number): MulanError {
  return new MulanError("timeline.one-clip", "a timeline shows one clip", {
    expected: "one clip, or embeddings of one",
    got: `${n}`,
    remedy: "Write timeline(model, clips[0], prompts)",
  });
}
