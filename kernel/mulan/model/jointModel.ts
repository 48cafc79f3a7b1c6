import type { CachedRows } from "../embedding/cacheEntry.ts";
import { Embeddings } from "../embedding/embeddings.ts";
import { assertNotPromise } from "../foundation/arguments.ts";
import { type Failure, MulanError, toMulanError } from "../foundation/errors.ts";
import { type ModelDescription, modelCard } from "./describe.ts";
import type { Manifest } from "./manifest/manifest.ts";
import { allFailed, asClips, asTexts, earlierFailures } from "./towers/embedArguments.ts";
import { type EmbeddableClip, embedClips } from "./towers/embedClips.ts";
import { type EmbedOptions, withDefaults } from "./towers/embedOptions.ts";
import { audioIdentity, textIdentity } from "./towers/identity.ts";
import { joinWindows } from "./towers/joinWindows.ts";
import { poolWindows } from "./towers/pooling.ts";
import { textEmbeddings } from "./towers/textEmbeddings.ts";
import type { Towers } from "./towers/towers.ts";

/** Windows a run: on the CPU more gain nothing and cost memory. */
const BATCH_ON_CPU = 1;
const BATCH_ELSEWHERE = 8;

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
      batchSize: towers.batchSize ?? (towers.provider === "cpu" ? BATCH_ON_CPU : BATCH_ELSEWHERE),
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
    if (rows.length === 0 && !options.allowNone) throw allFailed("clips", all.length, failures);
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
    return textEmbeddings(
      all,
      {
        tower: towers.text,
        dim,
        identity: textIdentity(manifest, towers.provider),
        modelId: id,
      },
      options,
    );
  }

  /** Plain data: what it is, what it hears, where it runs and why not elsewhere, what its health check found. */
  describe(): ModelDescription {
    return this.#description;
  }

  /** Lets go of the sessions; the inference process ends with the last model. The model cannot be used afterwards. */
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
