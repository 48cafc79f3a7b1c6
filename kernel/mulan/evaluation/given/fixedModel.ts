import type { AudioRef } from "../../datasets/dataset.ts";
import { Embeddings } from "../../embedding/embeddings.ts";
import { type Failure, MulanError } from "../../foundation/errors.ts";
import { allFailed, asTexts } from "../../model/towers/embedArguments.ts";
import type { EmbedOptions } from "../../model/towers/embedOptions.ts";
import type { EmbeddableClip, TwoTowers } from "../twoTowers.ts";
import { matchRefs, type Way } from "./matchRefs.ts";
import { checkRowsAreNamed, noRow } from "./noRow.ts";

interface FixedInit {
  readonly id: string;
  readonly sha256: string;
  readonly audio: Embeddings | undefined;
  readonly text: Embeddings | undefined;
  readonly manifest: TwoTowers["manifest"];
  readonly notes: readonly string[];
}

interface FoundRows {
  /** Places of the references that have a row, ascending. */
  readonly kept: number[];
  /** `[kept.length]` */
  readonly rows: number[];
  readonly failures: Failure[];
  /** How many were found by what. */
  readonly nByWay: Map<Way, number>;
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
   * The rows of clips, found by label, or by path and part of the file; what is not among them stands in `failures`.
   * @throws MulanError `evaluation.no-audio-rows`, `evaluation.ids`; `embed.all-failed` with the first reason where no
   * clip has a row
   */
  async embedAudio(
    clips: EmbeddableClip | readonly EmbeddableClip[],
    { allowNone = false }: Pick<EmbedOptions, "allowNone"> = {},
  ): Promise<Embeddings> {
    const all: readonly EmbeddableClip[] = Array.isArray(clips) ? clips : [clips];
    const refs = all.map(({ label, path, startSec, durationSec }) => ({
      id: label,
      path: path ?? label,
      startSec,
      durationSec,
    }));
    const { rows, kept, failures } = this.rowsOf(refs);
    if (rows.length === 0 && failures.length > 0 && !allowNone) {
      throw allFailed("clips", all.length, failures);
    }
    return this.#pick(this.#audioRows(), rows, {
      labels: kept.map((i) => all[i]!.label),
      sources: kept.map((i) => all[i]!),
      failures,
    });
  }

  /** @throws MulanError `evaluation.ids`; `evaluation.no-text-tower` for a text that is not among the embeddings */
  async embedText(texts: string | readonly string[]): Promise<Embeddings> {
    const all = asTexts(texts);
    const places = this.#placesOfTexts();
    const missing = all.filter((text) => !places.has(text));
    if (missing.length > 0) throw this.#noTextTower(missing);
    const rows = all.map((text) => places.get(text)!);
    return this.#pick(this.text!, rows, { labels: all, sources: all, failures: [] });
  }

  /**
   * The rows of a data set's items, without opening a file.
   * @throws MulanError `evaluation.no-audio-rows`, `evaluation.ids` where the rows have no names
   */
  rowsOf(refs: readonly AudioRef[]): FoundRows {
    const audio = this.#audioRows();
    checkRowsAreNamed(audio, this.id, "audio");
    const found: FoundRows = { kept: [], rows: [], failures: [], nByWay: new Map() };
    matchRefs(audio, refs).forEach((match, i) => {
      if ("why" in match) {
        found.failures.push(noRow(refs[i]!, match, audio));
        return;
      }
      found.kept.push(i);
      found.rows.push(match.row);
      found.nByWay.set(match.way, (found.nByWay.get(match.way) ?? 0) + 1);
    });
    return found;
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

  /** A text is a row's label; or its source, where a file has ids and texts side by side. */
  #placesOfTexts(): ReadonlyMap<string, number> {
    if (!this.text) return new Map();
    checkRowsAreNamed(this.text, this.id, "text");
    const { labels, sources, labelled } = this.text;
    const places = new Map<string, number>();
    for (const [i, source] of sources.entries()) {
      if (typeof source === "string") places.set(source, i);
    }
    for (const [i, label] of labelled ? labels.entries() : []) places.set(label, i);
    return places;
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
