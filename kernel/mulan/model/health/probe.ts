import { MulanError, toMulanError } from "../../foundation/errors.ts";
import { normalizeRows } from "../towers/pooling.ts";
import type { TextSide } from "../towers/textTower.ts";
import type { TextTokenizer } from "../towers/tokenizer.ts";
import type { Towers } from "../towers/towers.ts";
import { type Health, orderDifference, pairCosines } from "./health.ts";
import { PROBE_TEXTS, probeSounds } from "./probeSignals.ts";

/** Rows of length 1 for the probe inputs. */
export interface ProbeRows {
  readonly texts: readonly Float32Array[];
  readonly sounds: readonly Float32Array[];
  /** Time of one window inside session.run, after the first run, which is always slow. */
  readonly windowRunMs: number;
}

/** Embeds the probe inputs: what health and the comparison of devices are judged by. */
export async function embedProbes(towers: Towers, signal?: AbortSignal): Promise<ProbeRows> {
  const texts = await embedProbeTexts(towers, PROBE_TEXTS, signal);
  return { texts, ...(await embedProbeSounds(towers, signal)) };
}

/** @throws MulanError `model.not-finite`, `model.zero`, `model.dim`, `model.tokenizer`, `model.run`; AbortError */
export async function measureHealth(towers: Towers, signal?: AbortSignal): Promise<Health> {
  const { text, tokenizer } = towers;
  if (tokenizer) await checkHighestToken({ text, tokenizer }, signal);
  const { texts, sounds } = await embedProbes(towers, signal);
  const reversed = await embedProbeTexts(towers, [...PROBE_TEXTS].reverse(), signal);
  const order = PROBE_TEXTS.map((_, i) => PROBE_TEXTS.length - 1 - i);
  return {
    textCosines: pairCosines(texts),
    audioCosines: pairCosines(sounds),
    orderDifference: orderDifference(texts, reversed, order),
    nUnknownTexts: tokenizer ? countUnknown(tokenizer) : 0,
  };
}

function countUnknown(tokenizer: TextTokenizer): number {
  return PROBE_TEXTS.filter((text) => tokenizer.isUnknown(tokenizer.encode(text).ids)).length;
}

/** A tokenizer of another model names rows that the text tower's table does not have. */
export async function checkHighestToken(
  {
    text,
    tokenizer,
  }: { readonly text: Pick<TextSide, "embed">; readonly tokenizer: TextTokenizer },
  signal?: AbortSignal,
): Promise<void> {
  const { highestId } = tokenizer;
  try {
    await text.embed([[highestId]], signal);
  } catch (cause) {
    if (cause instanceof MulanError || !/out of (data )?bounds|indices/i.test(String(cause))) {
      throw cause;
    }
    throw new MulanError(
      "model.tokenizer",
      "the tokenizer does not belong to the text tower",
      {
        expected: "a text tower that has a row for each token",
        got: `a tokenizer with ids up to ${highestId}, which the tower's table does not reach`,
        remedy: "Put the tokenizer.json beside the graph that it was exported with",
      },
      { cause },
    );
  }
}

async function embedProbeTexts(
  { text }: Towers,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const ids = texts.map((probe) => text.tokenize(probe).ids);
  const rows: Float32Array[] = [];
  for (let at = 0; at < ids.length; at += text.maxBatch) {
    const batch = await text.embed(ids.slice(at, at + text.maxBatch), signal);
    rows.push(...splitRows(normalizeRows(batch.rows, text.dim), text.dim));
  }
  return rows;
}

async function embedProbeSounds(
  { audio, manifest }: Towers,
  signal: AbortSignal | undefined,
): Promise<Pick<ProbeRows, "sounds" | "windowRunMs">> {
  const { windows, frontEnd } = manifest.audio;
  const sounds = probeSounds(windows.lengthSamples, frontEnd.sampleRateHz);
  const rows: Float32Array[] = [];
  const runsMs: number[] = [];
  for (const sound of sounds) {
    const batch = await audio.embed([audio.features(sound)], signal).catch((error: unknown) => {
      throw toMulanError(error, "model.run", { subject: manifest.audio.file });
    });
    rows.push(normalizeRows(batch.rows, manifest.dim));
    runsMs.push(batch.runMs);
  }
  return { sounds: rows, windowRunMs: Math.min(...runsMs.slice(1)) };
}

function splitRows(rows: Float32Array, dim: number): Float32Array[] {
  return Array.from({ length: rows.length / dim }, (_, i) => rows.subarray(i * dim, (i + 1) * dim));
}
