import { copyFile, mkdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { MulanError } from "../foundation/errors.ts";
import { writeAtomically } from "../foundation/writeAtomically.ts";
import { rememberModel } from "./catalog.ts";
import { sharedInference } from "./inference/inference.ts";
import type { LayoutAnswers, OpenQuestion } from "./layouts/answers.ts";
import { hashModel } from "./layouts/hashModel.ts";
import { listModelFiles } from "./layouts/listModelFiles.ts";
import { measureDim } from "./layouts/measureDim.ts";
import { measureTemperature } from "./layouts/measureTemperature.ts";
import { isQuestion, planManifest } from "./layouts/planManifest.ts";
import { type SeenFolder, seeFolder } from "./layouts/seenFolder.ts";
import { choosePrecision } from "./manifest/choosePrecision.ts";
import type { Manifest, Precision } from "./manifest/manifest.ts";

/** A folder whose model is being described. */
export interface ModelDraft {
  readonly seen: SeenFolder;
  /** The first thing that the files do not say; undefined when the manifest can be written. */
  next(answers: LayoutAnswers): OpenQuestion | undefined;
  /** Writes mulan.json and puts the model on the list. @throws MulanError `model.exists`, `model.*` */
  write(answers: LayoutAnswers, options?: { readonly replace?: boolean }): Promise<Manifest>;
}

/**
 * Looks into a folder, or at bare files, for `mulan models add`.
 * @param paths one folder, or .onnx files and a tokenizer.json
 * @param out the model's folder, into which bare files are copied; needed when they lie in different folders
 * @throws MulanError `model.not-found`, `model.layout`, `model.graph`, `model.config`
 */
export async function draftModel(paths: readonly string[], out?: string): Promise<ModelDraft> {
  const folder = await gather(
    paths.map((path) => resolve(path)),
    out && resolve(out),
  );
  const listing = await listModelFiles(folder);
  const seen = await seeFolder(listing);
  return {
    seen,
    next: (answers) => {
      const planned = planManifest(seen, answers);
      return isQuestion(planned) ? planned : undefined;
    },
    write: async (answers, { replace = false } = {}) => {
      const path = join(seen.folder, "mulan.json");
      if (!replace && listing.names.includes("mulan.json")) throw exists(path);
      const planned = planManifest(seen, answers);
      if (isQuestion(planned)) {
        throw new MulanError("model.layout", planned.question, { subject: seen.folder });
      }
      const manifest = await complete(seen.folder, planned);
      await writeAtomically(path, `${JSON.stringify(manifest, null, 2)}\n`);
      await rememberModel(seen.folder);
      return manifest;
    },
  };
}

/** All variants with their hashes, and the embedding's length, measured where no file says it. */
async function complete(folder: string, planned: Manifest): Promise<Manifest> {
  const main = await hashModel(folder, planned);
  const files = { ...main.files };
  const others = [planned.audio, planned.text].flatMap(({ variants = {} }) =>
    Object.keys(variants),
  );
  for (const precision of new Set(others as Precision[])) {
    const variant = await hashModel(folder, choosePrecision(planned, precision));
    Object.assign(files, variant.files);
  }
  const manifest = { ...main, files };
  const inference = sharedInference();
  const dim = manifest.dim > 0 ? manifest.dim : await measureDim(inference, { folder, manifest });
  return { ...manifest, dim, ...(await measureTemperature(inference, { folder, manifest })) };
}

async function gather(paths: readonly string[], out: string | undefined): Promise<string> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new MulanError("model.not-found", "does not exist", { subject: path });
    if (!found.isDirectory()) continue;
    if (paths.length === 1 && out === undefined) return path;
    throw new MulanError("model.layout", "give one folder, or files", { subject: path });
  }
  const folders = new Set(paths.map((path) => dirname(path)));
  if (out === undefined && folders.size === 1) return [...folders][0]!;
  if (out === undefined) {
    throw new MulanError("model.layout", "these files lie in different folders", {
      got: [...folders].join(", "),
      remedy: "Name a folder for the model with --out: they are copied into it",
    });
  }
  await mkdir(out, { recursive: true });
  for (const path of paths) await copyFile(path, join(out, basename(path)));
  return out;
}

function exists(path: string): MulanError {
  return new MulanError("model.exists", "this model has a manifest already", {
    subject: path,
    remedy: "Load it as it is, or write the manifest anew with --replace",
  });
}
