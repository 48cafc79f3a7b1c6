import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import {
  draftModel,
  type LayoutAnswers,
  type ModelDraft,
  type OpenQuestion,
  parseFrontEnd,
} from "../mulan/index.ts";
import { printLine, printNote } from "./console.ts";
import { type ExitCode, exitCodes } from "./exitCodes.ts";
import { UsageError } from "./usageError.ts";

interface AddOptions {
  readonly out?: string;
  readonly audio?: string;
  readonly text?: string;
  readonly mel?: string;
  readonly sampleRate?: string;
  readonly window?: string;
  readonly frontEnd?: string;
  readonly padding?: string;
  readonly temperature?: string;
  readonly maxTokens?: string;
  readonly name?: string;
  readonly licence?: string;
  readonly replace?: boolean;
}

/** The option that answers a question where nobody can be asked. */
const OPTION_OF = {
  audio: "--audio",
  text: "--text",
  mel: "--mel",
  sampleRateHz: "--sample-rate",
  windowSec: "--window",
  frontEnd: "--front-end",
} as const satisfies Readonly<Record<OpenQuestion["field"], string>>;

export function addModelsAddCommand(models: Command, finish: (code: ExitCode) => void): void {
  models
    .command("add")
    .description("inspect a folder or bare .onnx files, ask for what is missing, write mulan.json")
    .argument("<path...>", "a folder, or the towers' .onnx files and a tokenizer.json")
    .option("--out <folder>", "the model's folder; bare files are copied into it")
    .option("--audio <file>", "which graph is the audio tower")
    .option("--text <file>", "which graph is the text tower")
    .option("--mel <file>", "which graph makes the spectrogram")
    .option("--sample-rate <hz>", "for a tower that takes samples")
    .option("--window <seconds>", "how much it hears at a time")
    .option("--front-end <clap|file.json>", "for a tower that takes a spectrogram")
    .option("--padding <way>", "zeros, repeat, repeatpad or wrap")
    .option("--temperature <number>", "τ of its contrastive loss")
    .option("--max-tokens <n>", "how long a text may be")
    .option("--name <text>", "what to call it")
    .option("--licence <text>", "what its owners allow")
    .option("--replace", "overwrite an existing manifest")
    .action(async (paths: string[], options: AddOptions) => finish(await add(paths, options)));
}

async function add(paths: readonly string[], options: AddOptions): Promise<ExitCode> {
  const draft = await draftModel(paths, options.out);
  showGraphs(draft);
  const answers = await complete(draft, await answersOf(options));
  const manifest = await draft.write(answers, { replace: options.replace ?? false });
  printLine(
    `${draft.seen.folder}: wrote mulan.json for ${manifest.name}, ${manifest.dim} dimensions`,
  );
  printNote(`check it with: mulan models check ${JSON.stringify(draft.seen.folder)}`);
  return exitCodes.ok;
}

function showGraphs({ seen }: ModelDraft): void {
  const shape = ({
    name,
    dtype,
    dims,
  }: (typeof seen.graphs)[number]["outline"]["inputs"][number]) =>
    `${name} ${dtype} [${dims.map((dim) => (dim === "" ? "any" : dim)).join(", ")}]`;
  for (const { files, role, outline } of seen.graphs) {
    printLine(`${Object.values(files).join(", ")} (${role})`);
    for (const input of outline.inputs) printLine(`  in   ${shape(input)}`);
    for (const output of outline.outputs) printLine(`  out  ${shape(output)}`);
  }
  printLine(seen.tokenizer ? `${seen.tokenizer.file} (tokenizer)` : "no tokenizer.json");
}

async function complete(draft: ModelDraft, given: LayoutAnswers): Promise<LayoutAnswers> {
  let answers = given;
  for (;;) {
    const open = draft.next(answers);
    if (!open) return answers;
    answers = { ...answers, ...(await parseAnswer(open.field, await ask(open))) };
  }
}

async function ask({ field, question, choices }: OpenQuestion): Promise<string> {
  const all = choices ? `${question} (${choices.join(", ")})` : question;
  if (!process.stdin.isTTY) throw new UsageError(`${all} Answer with ${OPTION_OF[field]}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${all} `)).trim();
  } finally {
    terminal.close();
  }
}

async function parseAnswer(field: OpenQuestion["field"], text: string): Promise<LayoutAnswers> {
  if (field === "sampleRateHz") return { sampleRateHz: number(OPTION_OF[field], text) };
  if (field === "windowSec") return { windowSec: number(OPTION_OF[field], text) };
  if (field === "frontEnd") return { frontEnd: await frontEnd(text) };
  return { [field]: text };
}

async function answersOf(options: AddOptions): Promise<LayoutAnswers> {
  const { audio, text, mel, name, licence } = options;
  const positive = (option: string, value: string | undefined) =>
    value === undefined ? undefined : number(option, value);
  return {
    audio,
    text,
    mel,
    name,
    licence,
    sampleRateHz: positive("--sample-rate", options.sampleRate),
    windowSec: positive("--window", options.window),
    temperature: positive("--temperature", options.temperature),
    maxTokens:
      options.maxTokens === undefined ? undefined : whole("--max-tokens", options.maxTokens),
    padding: options.padding === undefined ? undefined : padding(options.padding),
    frontEnd: options.frontEnd === undefined ? undefined : await frontEnd(options.frontEnd),
  };
}

async function frontEnd(answer: string): Promise<LayoutAnswers["frontEnd"]> {
  if (answer === "clap") return "clap";
  const text = await readFile(answer, "utf8").catch(() => {
    throw new UsageError(
      `--front-end: expected "clap" or a JSON file, got ${JSON.stringify(answer)}`,
    );
  });
  return parseFrontEnd(text, answer);
}

const PADDINGS = ["zeros", "repeat", "repeatpad", "wrap"] as const;

function padding(text: string): (typeof PADDINGS)[number] {
  const known = PADDINGS.find((one) => one === text);
  if (known) return known;
  throw new UsageError(`--padding: expected ${PADDINGS.join(", ")}, got ${JSON.stringify(text)}`);
}

function whole(option: string, text: string): number {
  const value = number(option, text);
  if (Number.isSafeInteger(value)) return value;
  throw new UsageError(`${option}: expected a whole number, got ${JSON.stringify(text)}`);
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`${option}: expected a number above 0, got ${JSON.stringify(text)}`);
}
