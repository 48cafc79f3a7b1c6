import { type Command, Option } from "commander";
import {
  compare,
  type EvaluatedEncoder,
  evaluateTriplets,
  load,
  loadTextEncoder,
  type Measured,
  type MusicClasses,
  type Report,
  type TripletSet,
  type TripletsReport,
  tripletsFromOntology,
  tripletsFromPlaylists,
} from "../mulan/index.ts";
import { showProgress } from "./console.ts";
import { parseCount } from "./evalDataset.ts";
import { collected, type EvalOptions, givenEmbeddings, withEvalOptions } from "./evalOptions.ts";
import { progressTeller } from "./evalProgress.ts";
import { runReport } from "./evalRun.ts";
import { reportSummary } from "./evalSummary.ts";
import type { ExitCode } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

interface TripletsOptions extends EvalOptions {
  readonly ontology?: string;
  readonly playlists?: string;
  readonly classes?: MusicClasses;
  readonly labels?: string;
  readonly per: number;
  readonly encoder?: readonly string[];
}

const CLASSES = ["instruments-genres-roles", "all-but-roles", "genres", "all"] as const;
/** The sentence model inside the embedded model, as `--encoder` names it. */
const EMBEDDED = "embedded";

export function addEvalTriplets(group: Command, finish: (code: ExitCode) => void): void {
  const command = group
    .command("triplets")
    .description(
      "text towers: is a name nearer to its own description than to another's? beside chance and lexical overlap",
    )
    .option(
      "--ontology <file>",
      "AudioSet's ontology.json or one like it (default: our own concepts)",
    )
    .addOption(
      new Option(
        "--classes <which>",
        "of the ontology (default: instruments-genres-roles)",
      ).choices(CLASSES),
    )
    .option(
      "--labels <file>",
      "class_labels_indices.csv: the classes that were released (a file here; tagging and probe take names)",
    )
    .option("--playlists <file>", "titles and descriptions of playlists instead of an ontology")
    .addOption(
      new Option("--per <n>", "triplets of each class or playlist")
        .default(5)
        .argParser(parseCount),
    )
    .addOption(
      collected(
        "--encoder <folder>",
        `text encoder as sentence-transformers lays it out; "${EMBEDDED}" is MiniLM inside the embedded model (default, beside the embedded model)`,
      ),
    );
  withEvalOptions(command, { quotes: false }).action(async (options: TripletsOptions) =>
    finish(await evalTriplets(options)),
  );
}

async function evalTriplets(options: TripletsOptions): Promise<ExitCode> {
  const set = await openTriplets(options);
  let reports: TripletsReport[] = [];
  return runReport(
    options,
    async (signal) => {
      reports = await evaluateAll(options, set, signal);
      const { seed, resamples: nResamples } = options;
      return reports.length > 1
        ? compare(reports, { seed, nResamples, signal })
        : (reports[0] as Report);
    },
    (report) => ({ ...reportSummary(report), rows: rowsOf(reports) }),
  );
}

async function openTriplets(options: TripletsOptions): Promise<TripletSet> {
  const { ontology, playlists, classes, labels, per, seed } = options;
  if (playlists === undefined) {
    return tripletsFromOntology(ontology, {
      ...(classes && { classes }),
      ...(labels !== undefined && { labels }),
      perClass: per,
      seed,
    });
  }
  if (ontology !== undefined || classes || labels !== undefined) {
    throw new UsageError("--playlists stands without --ontology, --classes and --labels");
  }
  return tripletsFromPlaylists(playlists, { perPlaylist: per, seed });
}

/** One after the other: a model is let go of before the next is opened. */
async function evaluateAll(
  options: TripletsOptions,
  set: TripletSet,
  signal: AbortSignal,
): Promise<TripletsReport[]> {
  const { device, seed, resamples: nResamples } = options;
  const given = givenEmbeddings(options);
  const isDefault = !given && !options.model && !options.encoder;
  const models = isDefault ? [undefined] : (options.model ?? []);
  const encoders = isDefault ? [EMBEDDED] : (options.encoder ?? []);
  const reports: TripletsReport[] = [];
  const judge = async (encoder: EvaluatedEncoder) => {
    const onProgress = progressTeller();
    reports.push(await evaluateTriplets(encoder, set, { seed, nResamples, signal, onProgress }));
  };
  if (given) await judge(given);
  for (const source of models) {
    showProgress("loading the model …");
    await using model = await load(source, { device, signal });
    await judge(model);
  }
  for (const folder of encoders) {
    showProgress("loading the text encoder …");
    await using encoder = await loadTextEncoder(folder === EMBEDDED ? undefined : folder, {
      signal,
    });
    await judge(encoder);
  }
  return reports;
}

interface Row {
  readonly encoder: string;
  readonly kind: "measured" | "baseline";
  readonly accuracy: number;
  /** 95 %. */
  readonly interval: readonly [number, number] | null;
  readonly n: number;
}

/** The encoders in the order they were named, then chance and lexical overlap, which are the same for all. */
function rowsOf(reports: readonly TripletsReport[]): Row[] {
  const row = (encoder: string, kind: Row["kind"], { value, interval, n }: Measured): Row => ({
    encoder,
    kind,
    accuracy: value,
    interval,
    n,
  });
  return [
    ...reports.map(({ model, measures }) => row(model.id, "measured", measures[0]!)),
    ...reports[0]!.baselines.map(({ id, accuracy }) => row(id, "baseline", accuracy)),
  ];
}
