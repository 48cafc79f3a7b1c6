import { Clip } from "../../kernel/mulan/audio/clip.ts";
import { Embeddings } from "../../kernel/mulan/embedding/embeddings.ts";
import { similarity } from "../../kernel/mulan/embedding/similarity.ts";
import { letterModel } from "../../kernel/mulan/evaluation/letterModel.testkit.ts";
import { triplets } from "../../kernel/mulan/evaluation/triplets.ts";
import { zeroShot } from "../../kernel/mulan/evaluation/zeroShot.ts";
import type { Family, FigureOf } from "../../kernel/mulan/figures/contract.ts";
import { toFigure } from "../../kernel/mulan/figures/toBundle.ts";
import type { JointModel } from "../../kernel/mulan/model/jointModel.ts";
import { answerFigure } from "../../kernel/session/live/figureRequests.ts";
import { rememberModel } from "../../kernel/session/live/loadedModels.ts";
import { shownClips } from "../../kernel/session/live/shownClips.ts";
import type { TestKernel } from "./bed.ts";

/** A model that counts letters stands for a real one: what figures ask of it, it can do. */
const letters = letterModel("letters@1");
export const model = {
  ...letters,
  embedText: async (...given: Parameters<typeof letters.embedText>) =>
    called(await letters.embedText(...given), "text"),
  embedAudio: async (...given: Parameters<typeof letters.embedAudio>) =>
    called(await letters.embedAudio(...given), "audio"),
};
rememberModel(model as unknown as JointModel);

/** The engine's own answers to figures, in this process. */
export const engine: TestKernel = (name, params) => answerFigure(name, params);

function called(embeddings: Embeddings, modality: "text" | "audio"): Embeddings {
  const { data, dim, labels, sources, modelId, failures } = embeddings;
  return Embeddings.from({ data, dim, labels, sources, modelId, failures, modality });
}

const sampleRateHz = 8000;
/** Longer than a busy machine takes to look at what plays. */
const toneSec = 20;

/** A tone in two channels. */
export function toneCalled(label: string, hz = 440): Clip {
  const wave = Float32Array.from(
    { length: toneSec * sampleRateHz },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  );
  return Clip.fromSamples([wave, wave.map((value) => -value)], sampleRateHz, { label });
}

export const prompts = ["piano alone at night", "a fast drum and bass beat", "choir"];
export const clipNames = ["nocturne piano", "string quartet", "rock band", "techno beat"];

export async function similarityFigure(rows = prompts, columns = clipNames) {
  const clips = columns.map((name, i) => toneCalled(name, 220 * (i + 1)));
  return figure<"similarity">(
    similarity(await model.embedText(rows), await model.embedAudio(clips)),
  );
}

export async function zeroShotFigure(labels = ["piano", "drum", "choir"], columns = clipNames) {
  const clips = columns.map((name, i) => toneCalled(name, 220 * (i + 1)));
  return figure<"zeroshot">(await zeroShot(model, clips, labels, { prompts: "{} music" }));
}

export async function tripletsFigure() {
  const [nocturne, quartet, , techno] = clipNames.map((name) => toneCalled(name));
  const rows = [
    { anchor: nocturne!, positive: "piano nocturne", negative: "beat" },
    { anchor: "techno", positive: techno!, negative: quartet! },
    { anchor: "drum", positive: "zzz", negative: "drums" },
  ];
  return figure<"triplets">(await triplets(model, rows));
}

export async function embeddingsFigure(columns = clipNames) {
  return figure<"embeddings">(await model.embedAudio(columns.map((name) => toneCalled(name))));
}

async function figure<F extends Family>(value: unknown): Promise<FigureOf[F]> {
  const made = await toFigure(value, { clipId: shownClips.idOf });
  if (!made) throw new Error("this value has no figure");
  return made as FigureOf[F];
}
