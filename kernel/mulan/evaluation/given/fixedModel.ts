import type { AudioRef } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import { asTexts } from "../../model/towers/embedArguments.ts";
import type { EmbeddableClip, TwoTowers } from "../twoTowers.ts";
import { matchRefs } from "./matchRefs.ts";

interface FixedInit {
  readonly id: string;
  readonly sha256: string;
  readonly audio: Embeddings | undefined;
  readonly text: Embeddings | undefined;
  readonly manifest: TwoTowers["manifest"];
  readonly notes: readonly string[];
}

/** Of `fixedEmbeddings`: stands as a model as long as it is asked only for what it holds. */
export class FixedEmbeddings implements TwoTowers {
  readonly kind = "fixed-embeddings";
  readonly id: string;
  /** Of the files and the ids that were put beside them. */
  readonly sha256: string;
  readonly dim: number;
  readonly audio: Embeddings | undefined;
  readonly text: Embeddings | undefined;
  readonly manifest: TwoTowers["manifest"];
  /** What was done to the rows, for a report's conventions. */
  readonly notes: readonly string[];

  constructor({ id, sha256, audio, text, manifest, notes }: FixedInit) {
    this.id = id;
    this.sha256 = sha256;
    this.audio = audio;
    this.text = text;
    this.dim = (audio ?? text)!.dim;
    this.manifest = manifest;
    this.notes = notes;
  }

  /** Why live prompts are off. */
  get noLivePrompts(): string {
    return `${this.id} is embeddings from a file, without a text tower: only texts that were embedded with them can be asked for`;
  }

  /**
   * The rows of clips, found by label, path or file name; what is not among them stands in `failures`.
   * @throws MulanError `evaluation.no-audio-rows`
   */
  async embedAudio(clips: EmbeddableClip | readonly EmbeddableClip[]): Promise<Embeddings> {
    const all: readonly EmbeddableClip[] = Array.isArray(clips) ? clips : [clips];
    const refs = all.map(({ label, path }) => ({ id: label, path: path ?? label }));
    const { rows, kept, failures } = this.rowsOf(refs);
    return this.#pick(this.#audioRows(), rows, {
      labels: kept.map((i) => all[i]!.label),
      sources: kept.map((i) => all[i]!),
      failures,
    });
  }

  /** @throws MulanError `evaluation.no-text-tower` for a text that is not among the embeddings */
  async embedText(texts: string | readonly string[]): Promise<Embeddings> {
    const all = asTexts(texts);
    const places = new Map(this.text?.labels.map((label, i) => [label, i]));
    const missing = all.filter((text) => !places.has(text));
    if (missing.length > 0) throw this.#noTextTower(missing);
    const rows = all.map((text) => places.get(text)!);
    return this.#pick(this.text!, rows, { labels: all, sources: all, failures: [] });
  }

  /** The rows of a data set's items, without opening a file. @throws MulanError `evaluation.no-audio-rows` */
  rowsOf(refs: readonly AudioRef[]): {
    readonly kept: number[];
    readonly rows: number[];
    readonly failures: Failure[];
  } {
    const audio = this.#audioRows();
    const places = matchRefs(audio.labels, audio.sources, refs);
    const kept = refs.flatMap((_, i) => (places[i] === undefined ? [] : [i]));
    const failures = refs
      .filter((_, i) => places[i] === undefined)
      .map(({ id, path }) => ({
        source: path,
        error: new MulanError("evaluation.no-row", "the embeddings have no row for it", {
          subject: id,
          expected: `an id such as ${JSON.stringify(audio.labels[0] ?? "")}`,
        }),
      }));
    return { kept, rows: kept.map((i) => places[i]!), failures };
  }

  toString(): string {
    const part = (name: string, rows: Embeddings | undefined) =>
      rows ? `${rows.n} ${name}` : `no ${name}`;
    return `Fixed embeddings ${this.id}: ${part("sounds", this.audio)}, ${part("texts", this.text)}, ${this.dim} numbers a row; no live prompts`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #audioRows(): Embeddings {
    if (this.audio) return this.audio;
    throw new MulanError("evaluation.no-audio-rows", "there are no embeddings of sounds", {
      subject: this.id,
      expected: "fixedEmbeddings({ audio, text })",
    });
  }

  #pick(
    from: Embeddings,
    rows: readonly number[],
    facts: Pick<Embeddings, "labels" | "sources" | "failures">,
  ): Embeddings {
    const { data } = from.select(rows);
    const { modality } = from;
    return Embeddings.from({ data, dim: this.dim, ...facts, modality, modelId: this.id });
  }

  #noTextTower(missing: readonly string[]): MulanError {
    const n = this.text?.n ?? 0;
    const others = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
    return new MulanError("evaluation.no-text-tower", "this text has no embedding here", {
      subject: this.id,
      expected: n === 0 ? "embeddings of texts" : `one of ${n} texts: ${someOf(this.text!.labels)}`,
      got: `${JSON.stringify(missing[0])}${others}`,
      remedy: `Embeddings from a file have no text tower, so live prompts are off: embed the text with the model that made them, or load that model`,
    });
  }
}

function someOf(labels: readonly string[]): string {
  const shown = labels.slice(0, 3).map((label) => JSON.stringify(label));
  return labels.length > 3 ? `${shown.join(", ")}, …` : shown.join(", ");
}
