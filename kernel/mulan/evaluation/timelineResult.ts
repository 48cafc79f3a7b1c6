import { shorten } from "../embedding/describeEmbeddings.ts";
import type { EmbeddingSource } from "../embedding/source.ts";
import { withFields } from "../foundation/withFields.ts";

const SHOWN_PROMPTS = 20;

export interface TimelineInit {
  /** The clip's label. */
  readonly label: string;
  /** The clip, where it is known. */
  readonly source: EmbeddingSource;
  readonly prompts: readonly string[];
  /** `[nWindows]` seconds from the start of the file. */
  readonly startSec: Float32Array;
  /** `[nWindows]` seconds of the clip's own sound: padding not counted. */
  readonly durationSec: Float32Array;
  /** What one window hears, padding included; a score says nothing about a shorter stretch. */
  readonly windowSec: number;
  /** `[nPrompts, nWindows]` cosines, row-major. */
  readonly cosines: Float32Array;
  /** `[nPrompts]` cosines with the whole clip, which is the mean of its windows. */
  readonly scores: Float32Array;
  readonly modelId: string;
}

/** How well each prompt fits each window of one clip. */
export class Timeline extends withFields<TimelineInit>() {
  readonly kind = "timeline";

  constructor(init: TimelineInit) {
    super({ ...init, prompts: Object.freeze([...init.prompts]) });
  }

  override toString(): string {
    return describeTimeline(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describeTimeline(this);
  }
}

/**
 * The cosine of a unit vector with each row; rows of models that do not scale their windows get length 1 here.
 * @param rows `[nWindows, dim]`
 */
export function windowCosines(text: Float32Array, rows: Float32Array): Float32Array {
  const dim = text.length;
  return Float32Array.from({ length: rows.length / dim }, (_, window) => {
    let dot = 0;
    let squares = 0;
    for (let k = 0; k < dim; k++) {
      const value = rows[window * dim + k]!;
      dot += value * text[k]!;
      squares += value * value;
    }
    return squares > 0 ? Math.max(-1, Math.min(1, dot / Math.sqrt(squares))) : 0;
  });
}

function describeTimeline(timeline: Timeline): string {
  const { label, prompts, startSec, windowSec, scores, modelId } = timeline;
  const n = startSec.length;
  const lines = [
    `Timeline: ${shorten(label)}, ${prompts.length} prompts × ${n} windows of ${windowSec.toFixed(1)} s (cosine, ${modelId})`,
  ];
  for (const [i, prompt] of prompts.slice(0, SHOWN_PROMPTS).entries()) {
    const lane = timeline.cosines.subarray(i * n, (i + 1) * n);
    const best = lane.indexOf(lane.reduce((max, value) => Math.max(max, value), -1));
    lines.push(
      `  ${shorten(prompt)}: clip ${scores[i]!.toFixed(3)}, highest ${lane[best]!.toFixed(3)} from ${startSec[best]!.toFixed(1)} s`,
    );
  }
  if (prompts.length > SHOWN_PROMPTS) lines.push(`  … and ${prompts.length - SHOWN_PROMPTS} more`);
  return lines.join("\n");
}
