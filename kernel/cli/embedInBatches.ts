import {
  type Clip,
  type Clips,
  type Embeddings,
  type JointModel,
  MulanError,
} from "../mulan/index.ts";
import { printFailures, printNote, printWarnings, showProgress } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { type ModelOptions, usingModel } from "./modelOptions.ts";

export interface EmbeddedClip {
  readonly model: JointModel;
  readonly clip: Clip;
  /** `[dim]`, of length 1. */
  readonly vector: Float32Array;
  /** The same as embeddings of one row. */
  readonly embedding: Embeddings;
}

/** Clips whose embeddings are held at once: lines appear as the work goes on, and memory stays flat. */
const CLIPS_AT_ONCE = 32;

/** Embeds clip after clip and hands each on; what fails or is damaged is told on stderr while the rest goes on. */
export async function embedInBatches(
  clips: Clips,
  options: ModelOptions,
  each: (embedded: EmbeddedClip) => void | Promise<void>,
): Promise<ExitCode> {
  printFailures(clips.failures);
  if (clips.length === 0) {
    printNote(
      `mulan: ${clips.failures.length > 0 ? "none of the files could be read" : "no audio files found"}`,
    );
    return exitCodes.failed;
  }
  let done = 0;
  await usingModel(options, async (model) => {
    for (let from = 0; from < clips.length; from += CLIPS_AT_ONCE) {
      const batch = clips.slice(from, from + CLIPS_AT_ONCE);
      const embeddings = await embedBatch(model, batch, (now) =>
        showProgress(`embedding ${from + now} of ${clips.length}`),
      );
      printWarnings(batch);
      for (const { index, source, vector } of embeddings ?? []) {
        const embedding = embeddings!.slice(index, index + 1);
        await each({ model, clip: source as Clip, vector, embedding });
        done++;
      }
    }
  });
  if (done === 0) return exitCodes.failed;
  return done < clips.length + clips.failures.length ? exitCodes.partFailed : exitCodes.ok;
}

async function embedBatch(
  model: JointModel,
  clips: readonly Clip[],
  onDone: (clips: number) => void,
): Promise<Embeddings | undefined> {
  try {
    const embeddings = await model.embedAudio(clips, { onProgress: ({ done }) => onDone(done) });
    printFailures(embeddings.failures);
    return embeddings;
  } catch (error) {
    // A batch without a single good file is no reason to leave out the batches after it.
    if (!(error instanceof MulanError) || error.code !== "embed.all-failed") throw error;
    printNote(`mulan: ${error.message}`);
    return undefined;
  }
}
