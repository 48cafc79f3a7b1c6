import { EmbeddingCache } from "../embedding/cache.ts";
import type { CachedRows } from "../embedding/cacheEntry.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { ambientProgress, ambientSignal, type Progress } from "../foundation/ambient.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { type Failure, MulanError, toMulanError } from "../foundation/errors.ts";
import { type ModelDescription, modelCard } from "./describe.ts";
import { type EmbeddableClip, embedClips } from "./embedClips.ts";
import { embedTexts } from "./embedTexts.ts";
import { audioIdentity, textIdentity } from "./identity.ts";
import { joinWindows } from "./joinWindows.ts";
import type { Manifest } from "./manifest.ts";
import { poolWindows } from "./pooling.ts";
import type { Towers } from "./towers.ts";

export interface EmbedOptions {
  /** Ends the call within 100 ms. Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** false: neither read nor write embeddings on disk. Default: the cache in the user's cache folder. */
  readonly cache?: EmbeddingCache | false | undefined;
}

/** Windows a run: on the CPU more gain nothing and cost memory. */
const BATCH_ON_CPU = 1;
const BATCH_ON_GPU = 8;

/** A two-tower model that is open and was found sound: audio and text go into one space. */
export class JointModel implements AsyncDisposable {
  readonly kind = "model";
  /** The manifest's id and version: "mulan-mini@0.1.0". Embeddings carry it as `modelId`. */
  readonly id: string;
  /** Length of an embedding. */
  readonly dim: number;
  readonly manifest: Manifest;
  readonly #towers: Towers;
  readonly #description: ModelDescription;
  #disposed = false;

  /** Of `load`. */
  constructor(towers: Towers, description: ModelDescription) {
    this.id = description.id;
    this.dim = description.dim;
    this.manifest = towers.manifest;
    this.#towers = towers;
    this.#description = description;
  }

  /**
   * One row of length 1 for each clip, the mean of its windows, and the windows' own rows beside it. A clip that cannot
   * be embedded stands in `failures` and the rest goes on.
   * @throws MulanError when no clip at all could be embedded, or the model itself failed: `embed.nothing`,
   * `embed.all-failed`, `child.crashed`, `model.*`; AbortError
   */
  async embedAudio(
    clips: EmbeddableClip | readonly EmbeddableClip[],
    options: EmbedOptions = {},
  ): Promise<Embeddings> {
    assertNotPromise(clips, "model.embedAudio(await readAudio(…))");
    const all = asClips(clips);
    const { dim, manifest, id } = this;
    const towers = this.#open();
    const outcomes = await embedClips(all, {
      tower: towers.audio,
      manifest,
      identity: audioIdentity(manifest, towers.provider),
      batchSize: towers.provider === "cpu" ? BATCH_ON_CPU : BATCH_ON_GPU,
      ...withDefaults(options),
    });
    const failures: Failure[] = [...earlierFailures(clips)];
    const rows: {
      clip: EmbeddableClip;
      raw: CachedRows;
      pooled: ReturnType<typeof poolWindows>;
    }[] = [];
    outcomes.forEach((outcome, i) => {
      const clip = all[i]!;
      try {
        if (outcome instanceof MulanError) throw outcome;
        const pooled = poolWindows(outcome.data, dim, manifest.audio.pooling);
        rows.push({ clip, raw: outcome, pooled });
      } catch (error) {
        failures.push({ source: clip.path ?? clip.label, error: toMulanError(error, "model.run") });
      }
    });
    if (rows.length === 0) throw allFailed("clips", all.length, failures);
    return Embeddings.from({
      data: rows.map(({ pooled }) => pooled.clip),
      dim,
      labels: rows.map(({ clip }) => clip.label),
      sources: rows.map(({ clip }) => clip),
      modality: "audio",
      modelId: id,
      windows: joinWindows(
        rows.map(({ clip, raw, pooled }) => ({
          ...raw,
          data: pooled.windows,
          clipStartSec: clip.startSec,
        })),
      ),
      failures,
    });
  }

  /**
   * One row of length 1 for each text. An empty text stands in `failures`; one that is too long for the model is cut
   * with a warning.
   * @throws MulanError when no text at all could be embedded: `text.empty`, `embed.nothing`, `embed.all-failed`,
   * `child.crashed`, `model.*`; AbortError
   */
  async embedText(
    texts: string | readonly string[],
    options: EmbedOptions = {},
  ): Promise<Embeddings> {
    assertNotPromise(texts, "model.embedText(await …)");
    const all = asTexts(texts);
    const { dim, manifest, id } = this;
    const towers = this.#open();
    const cut: CutText[] = [];
    const found = await embedTexts(all, {
      tower: towers.text,
      dim,
      identity: textIdentity(manifest, towers.provider),
      onCut: (text, nUsed, nCut) => cut.push({ text, nUsed, nCut }),
      ...withDefaults(options),
    });
    if (cut.length > 0) warnOfCutTexts(cut);
    const failures: Failure[] = [];
    const labels: string[] = [];
    const rows: Float32Array[] = [];
    for (const text of all) {
      const row = found.get(text)!;
      if (row instanceof MulanError) failures.push({ source: text, error: row });
      else {
        labels.push(text);
        rows.push(row);
      }
    }
    if (rows.length === 0) throw allFailed("texts", all.length, failures);
    return Embeddings.from({
      data: rows,
      dim,
      labels,
      sources: labels,
      modality: "text",
      modelId: id,
      failures,
    });
  }

  /** Plain data: what it is, what it hears, where it runs and why not elsewhere, what its health check found. */
  describe(): ModelDescription {
    return this.#description;
  }

  /** Lets go of the sessions. The model cannot be used afterwards. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    await this.#towers.release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  toString(): string {
    return modelCard(this.#description);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return modelCard(this.#description);
  }

  #open(): Towers {
    if (!this.#disposed) return this.#towers;
    throw new MulanError("model.disposed", `the model ${this.id} was disposed of`, {
      remedy: "Load it again",
    });
  }
}

interface CutText {
  readonly text: string;
  readonly nUsed: number;
  readonly nCut: number;
}

function withDefaults({ signal, onProgress, cache }: EmbedOptions) {
  return {
    signal: signal ?? ambientSignal(),
    onProgress: onProgress ?? ambientProgress(),
    cache: cache === false ? undefined : (cache ?? new EmbeddingCache()),
  };
}

function asClips(clips: EmbeddableClip | readonly EmbeddableClip[]): readonly EmbeddableClip[] {
  const all: readonly unknown[] = Array.isArray(clips) ? clips : [clips];
  const odd = all.find((clip) => typeof (clip as EmbeddableClip | null)?.resampled !== "function");
  if (odd !== undefined || all.includes(undefined)) {
    throw new MulanError("argument.clips", "embedAudio takes clips", {
      expected: "what readAudio gives",
      got: typeof odd === "string" ? JSON.stringify(odd) : String(odd),
      remedy: "Write model.embedAudio(await readAudio(path))",
    });
  }
  if (all.length > 0) return all as readonly EmbeddableClip[];
  const failures = earlierFailures(clips);
  throw failures.length > 0 ? allFailed("clips", failures.length, failures) : nothing("clips");
}

function asTexts(texts: string | readonly string[]): readonly string[] {
  const all: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
  const odd = all.findIndex((text) => typeof text !== "string");
  if (odd >= 0) {
    throw new MulanError("argument.texts", "embedText takes a text or a list of texts", {
      got: `${typeof all[odd]} at position ${odd}`,
    });
  }
  if (all.length === 0) throw nothing("texts");
  return all as readonly string[];
}

/** What readAudio could not list or open is part of the result's failures. */
function earlierFailures(clips: unknown): readonly Failure[] {
  const { failures } = clips as { failures?: unknown };
  return Array.isArray(failures) ? (failures as readonly Failure[]) : [];
}

function nothing(what: string): MulanError {
  return new MulanError("embed.nothing", `there are no ${what} to embed`, {
    expected: "at least one",
    got: "an empty list",
  });
}

function allFailed(what: string, n: number, failures: readonly Failure[]): MulanError {
  const first = failures[0]!.error;
  if (n === 1) return first;
  return new MulanError(
    "embed.all-failed",
    `none of the ${n} ${what} could be embedded; the first: ${first.message.replace(/\.$/, "")}`,
    {},
    { cause: first },
  );
}

function warnOfCutTexts(cut: readonly CutText[]): void {
  const [{ text, nUsed, nCut }] = cut as [CutText];
  const start = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  const others = cut.length > 1 ? ` (and ${cut.length - 1} more)` : "";
  console.warn(
    `embedText: "${start}"${others} is longer than the model reads: ${nUsed} tokens were used, about ${nCut} were left out`,
  );
}
