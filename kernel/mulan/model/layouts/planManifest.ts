import type { LayoutAnswers, OpenQuestion } from "./answers.ts";
import { isClap } from "./clapLayout.ts";
import { isWaveform, soundInput } from "./classifyGraph.ts";
import { chooseGraphs, type FoundManifest, layoutOf } from "./findLayout.ts";
import type { SeenFolder } from "./seenFolder.ts";
import type { TowerGraphs } from "./towerParts.ts";
import { knownRate } from "./waveLayout.ts";

/**
 * The manifest of what was seen and what was answered, or the first question that is still open.
 * @throws MulanError `model.layout` (no towers at all), `model.fused`, `model.config`, `model.tokenizer`
 */
export function planManifest(
  seen: SeenFolder,
  answers: LayoutAnswers,
): FoundManifest | OpenQuestion {
  const undecided = openRole(seen, answers);
  if (undecided) return undecided;
  const graphs = chooseGraphs(seen, answers);
  return openFrontEnd(seen, graphs, answers) ?? layoutOf(seen, answers.name, answers);
}

export function isQuestion(planned: FoundManifest | OpenQuestion): planned is OpenQuestion {
  return "question" in planned;
}

function openRole(seen: SeenFolder, answers: LayoutAnswers): OpenQuestion | undefined {
  for (const field of ["audio", "text", "mel"] as const) {
    const fitting = seen.graphs.filter(({ role }) => role === field);
    if (fitting.length < 2 || answers[field] !== undefined) continue;
    const choices = fitting.flatMap(({ files }) => Object.values(files));
    const what = { audio: "the audio tower", text: "the text tower", mel: "the spectrogram" }[
      field
    ];
    return { field, question: `Which graph is ${what}?`, choices };
  }
  return undefined;
}

function openFrontEnd(
  seen: SeenFolder,
  graphs: TowerGraphs,
  answers: LayoutAnswers,
): OpenQuestion | undefined {
  const input = soundInput((graphs.mel ?? graphs.audio).outline.inputs)!;
  const { name, dims } = input;
  const shape = `"${name}" [${dims.map((dim) => dim || "any").join(", ")}]`;
  if (!isWaveform(input)) {
    if (isClap(seen, graphs) || answers.frontEnd !== undefined) return undefined;
    return {
      field: "frontEnd",
      question: `The audio tower hears a spectrogram, ${shape}. Is it CLAP's ("clap"), or which JSON file describes it?`,
    };
  }
  if (answers.sampleRateHz === undefined && knownRate(seen, input) === undefined) {
    return {
      field: "sampleRateHz",
      question: `At which sample rate in Hz are the samples of ${shape}?`,
    };
  }
  const { clip_seconds, clip_secs } = seen.notes;
  const isOpen = typeof dims.at(-1) !== "number" && answers.windowSec === undefined;
  const saidRate = answers.sampleRateHz !== undefined;
  if (isOpen && saidRate && (clip_seconds ?? clip_secs) === undefined) {
    return { field: "windowSec", question: `How many seconds does it hear at a time (${shape})?` };
  }
  return undefined;
}
