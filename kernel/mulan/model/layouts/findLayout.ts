import { MulanError } from "../../foundation/errors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import type { LayoutAnswers } from "./answers.ts";
import { clapTowers, isClap } from "./clapLayout.ts";
import type { GraphRole } from "./classifyGraph.ts";
import type { FolderListing } from "./listModelFiles.ts";
import { type SeenFolder, type SeenGraph, seeFolder } from "./seenFolder.ts";
import { spectrogramTowers } from "./spectrogramLayout.ts";
import { declaredDim, precisionsPart, type TowerGraphs, unusedFilesPart } from "./towerParts.ts";
import { isWave, waveTowers } from "./waveLayout.ts";

/** A manifest of what lies in a folder: files not yet hashed, and `dim` 0 where no file says it. */
export type FoundManifest = Manifest;

/** What a found manifest's version says until its files are hashed. */
export const UNHASHED = "unhashed";

/**
 * The manifest of a folder without mulan.json whose layout is known.
 * @param name what to call the model; default: the folder's name
 * @throws MulanError `model.layout` (none, or more than one model in it), `model.fused`, `model.tokenizer`,
 * `model.config`, `model.graph`, `model.graph-too-large`
 */
export async function findLayout(listing: FolderListing, name?: string): Promise<FoundManifest> {
  return layoutOf(await seeFolder(listing, name), name);
}

/** The same of a folder that was looked into. @throws as findLayout */
export function layoutOf(
  seen: SeenFolder,
  name?: string,
  answers: LayoutAnswers = {},
): FoundManifest {
  const graphs = chooseGraphs(seen, answers);
  const { audio, text, temperature, temperatureOrigin } = towersOf(seen, graphs, answers);
  const { notes, config } = seen;
  const { padding, maxTokens } = answers;
  return {
    format: "mulan/1",
    id: seen.id,
    name: name ?? seen.id,
    version: UNHASHED,
    dim: declaredDim(graphs) ?? config?.projection_dim ?? notes.embedding_dim ?? notes.dim ?? 0,
    licence: answers.licence ?? seen.licence,
    trainedOn: [],
    temperature: answers.temperature ?? temperature,
    ...(answers.temperature === undefined && temperatureOrigin && { temperatureOrigin }),
    audio: { ...audio, ...(padding && { windows: { ...audio.windows, padding } }) },
    text: { ...text, ...(maxTokens && { tokenizer: { ...text.tokenizer, maxTokens } }) },
    ...precisionsPart(graphs),
    ...unusedFilesPart(graphs),
    files: {},
  };
}

function towersOf(seen: SeenFolder, graphs: TowerGraphs, answers: LayoutAnswers) {
  const { frontEnd } = answers;
  if (isWave(graphs)) return waveTowers(seen, graphs, answers);
  if (typeof frontEnd === "object" && frontEnd.kind === "logMel") {
    return spectrogramTowers(seen, graphs, frontEnd, answers);
  }
  if (frontEnd === "clap" || isClap(seen, graphs)) return clapTowers(seen, graphs);
  const [input] = graphs.audio.outline.inputs;
  throw new MulanError("model.layout", "this audio tower hears a spectrogram of an unknown kind", {
    subject: seen.folder,
    expected: "mulan.json, CLAP's preprocessor_config.json, or a tower that hears samples",
    got: `the input ${input?.name} [${input?.dims.join(", ")}]`,
    remedy: "Run `mulan models add <folder>`, which asks for what it cannot see",
  });
}

/** Two graphs of their own come before a combined one, which runs both towers for the result of one. */
export function chooseGraphs(seen: SeenFolder, answers: LayoutAnswers = {}): TowerGraphs {
  const [text, audio, both, mel] = (["text", "audio", "both", "mel"] as const).map((role) =>
    namedOrAll(seen, role === "both" ? undefined : answers[role], role),
  ) as [SeenGraph[], SeenGraph[], SeenGraph[], SeenGraph[]];
  if (text.length > 0 && audio.length > 0) {
    return {
      text: only(seen, text, "text"),
      audio: only(seen, audio, "audio"),
      mel: needsMel(audio) && mel.length > 0 ? only(seen, mel, "mel") : undefined,
    };
  }
  if (both.length > 0) {
    const graph = only(seen, both, "both");
    return { text: graph, audio: graph };
  }
  throw noModel(seen);
}

/** The graph that a person named for a role, else all that could have it. @throws MulanError `model.layout` */
function namedOrAll(
  { folder, graphs }: SeenFolder,
  name: string | undefined,
  role: GraphRole,
): SeenGraph[] {
  const fitting = graphs.filter((graph) => graph.role === role);
  if (name === undefined) return fitting;
  const named = graphs.find(({ files }) => Object.values(files).includes(name));
  // A combined graph may stand for one tower, never for the spectrogram.
  if (named && (named.role === role || (named.role === "both" && role !== "mel"))) return [named];
  throw new MulanError("model.layout", `the graph named for "${role}" is not ${ROLES[role]}`, {
    subject: folder,
    expected:
      fitting.flatMap(({ files }) => Object.values(files)).join(", ") || "none: no such graph",
    got: named ? `${name} (${ROLES[named.role]})` : `${name}, which is not in the folder`,
  });
}

/** A mel graph beside a tower that hears samples itself belongs to something else. */
function needsMel([audio]: readonly SeenGraph[]): boolean {
  return audio!.outline.inputs.some(({ dims }) => dims.length >= 3);
}

const ROLES: Readonly<Record<GraphRole, string>> = {
  text: "a text tower",
  audio: "an audio tower",
  both: "both towers",
  mel: "a mel spectrogram",
  other: "neither tower",
};

function only(seen: SeenFolder, found: readonly SeenGraph[], role: GraphRole): SeenGraph {
  if (found.length === 1) return found[0]!;
  throw new MulanError("model.layout", `this folder holds more than one model`, {
    subject: seen.folder,
    expected: `one graph that is ${ROLES[role]}`,
    got: found.map(({ stem }) => `${stem}.onnx`).join(", "),
    remedy: "Put each model into a folder of its own, or name its files in a mulan.json",
  });
}

function noModel({ folder, graphs, names }: SeenFolder): MulanError {
  const got =
    graphs.length > 0
      ? graphs.map(({ stem, role }) => `${stem}.onnx (${ROLES[role]})`).join(", ")
      : names.length > 0
        ? `no .onnx file among ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`
        : "an empty folder";
  const isCheckpoint = names.some((name) => /\.(safetensors|pt|pth|ckpt|bin)$/.test(name));
  return new MulanError("model.layout", "this folder holds no model that can be opened", {
    subject: folder,
    expected: "mulan.json, or an audio and a text tower as .onnx files",
    got,
    remedy:
      graphs.length === 0 && isCheckpoint
        ? 'These are PyTorch weights: export them to ONNX, or load them in Python with load("python:tower.py") (docs/models.md)'
        : "Run `mulan models add <folder>`, which shows what each graph takes and asks for the rest",
  });
}
