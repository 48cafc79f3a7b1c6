import type { FrontEnd } from "../../audio/frontEnd.ts";
import type { WindowPolicy } from "../../audio/windowPolicy.ts";

/** What a person says of a model that its files do not. */
export interface LayoutAnswers {
  /** Names of graphs, relative to the folder. */
  readonly audio?: string | undefined;
  readonly text?: string | undefined;
  readonly mel?: string | undefined;
  readonly sampleRateHz?: number | undefined;
  readonly windowSec?: number | undefined;
  /** Of a tower that hears a spectrogram: "clap", or its front end in full. */
  readonly frontEnd?: "clap" | FrontEnd | undefined;
  readonly padding?: WindowPolicy["padding"] | undefined;
  readonly temperature?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly name?: string | undefined;
  readonly licence?: string | undefined;
}

/** The answer that is missing: its field, and what to ask for. */
export interface OpenQuestion {
  readonly field: "audio" | "text" | "mel" | "sampleRateHz" | "windowSec" | "frontEnd";
  readonly question: string;
  /** Of a choice. */
  readonly choices?: readonly string[];
}
