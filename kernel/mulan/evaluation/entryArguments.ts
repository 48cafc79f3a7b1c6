import type { Dataset } from "../datasets/dataset.ts";
import { MulanError } from "../foundation/errors.ts";

type DatasetKind = Dataset["kind"];

/** What each kind is, what makes one, and what it is good for. */
const KINDS: Readonly<Record<DatasetKind, { what: string; made: string; asked: string }>> = {
  tagged: {
    what: "sounds with labels",
    made: "readMagnaTagATune, readAudioSet, readFolders, readTable, taggedDataset",
    asked: "evaluateTagging or evaluateProbe",
  },
  captioned: {
    what: "sounds with captions",
    made: "readMusicCaps, readSongDescriber, readTable, captionedDataset",
    asked: "evaluateRetrieval",
  },
  playlists: { what: "playlists", made: "readPlaylists", asked: "evaluateRetrieval" },
};

/**
 * The two arguments that every evaluation of a data set begins with, in their order and of the right kind: notebooks
 * have no compiler in their way.
 * @throws MulanError `evaluation.model`, `evaluation.dataset`
 */
export function checkEntry(
  call: string,
  model: unknown,
  dataset: unknown,
  kinds: readonly DatasetKind[],
): void {
  checkEncoder(`${call}(model, data)`, model);
  if ("embedText" in (model as object) && !("embedAudio" in (model as object))) {
    throw new MulanError("evaluation.model", "this model hears nothing", {
      expected: "one that embeds sounds and texts",
      got: "a text encoder",
      remedy: "Text encoders alone are judged by evaluateTriplets",
    });
  }
  const kind = kindOf(dataset);
  if (kind !== undefined && kinds.includes(kind)) return;
  const expected = kinds.map((one) => `${KINDS[one].what} (${KINDS[one].made})`).join(", or ");
  throw new MulanError("evaluation.dataset", `${call} cannot ask this`, {
    expected,
    got: nameOf(dataset),
    ...(kind && { remedy: `Ask ${KINDS[kind].asked}` }),
  });
}

/** @throws MulanError `evaluation.model` where this is neither a model nor embeddings */
export function checkEncoder(call: string, model: unknown): void {
  const fields = ["embedText", "audio", "text"];
  if (typeof model === "object" && model !== null && fields.some((name) => name in model)) return;
  throw new MulanError("evaluation.model", "this is no model", {
    expected: `a model, or embeddings { audio, text, ids }, first: ${call}`,
    got: nameOf(model),
    remedy: "Write const model = await load()",
  });
}

function kindOf(value: unknown): DatasetKind | undefined {
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  return typeof kind === "string" && Object.hasOwn(KINDS, kind) ? (kind as DatasetKind) : undefined;
}

/** What came instead, in a few words: "a data set of playlists", "a report (tagging)", "undefined". */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return String(value);
  const kind = kindOf(value);
  if (kind) return `a data set of ${KINDS[kind].what}`;
  const { kind: other, task } = value as { kind?: unknown; task?: unknown };
  if (other === "report") return `a report (${String(task)})`;
  if ("embedText" in value || "embedAudio" in value) return "a model";
  return typeof other === "string" ? `an object of kind ${JSON.stringify(other)}` : "an object";
}
