import { MulanError } from "../../foundation/errors.ts";
import { FLOAT_DTYPES } from "../inference/tensors.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { embeddingOutput, idsInput, maskInput, soundInput, typeIdsInput } from "./classifyGraph.ts";
import { autoPrecision, type GraphGroup, towerFiles } from "./graphNames.ts";
import type { SeenFolder, SeenGraph } from "./seenFolder.ts";

/** The graphs that a layout's towers are made of; the same one twice for a combined graph. */
export interface TowerGraphs {
  readonly audio: SeenGraph;
  readonly text: SeenGraph;
  readonly mel?: SeenGraph | undefined;
}

type Text = Manifest["text"];
type Fill = NonNullable<Text["unusedInputs"]>[number];

const DEFAULT_MAX_TOKENS = 512;

/** @throws MulanError `model.tokenizer` where there is none */
export function textPart(
  { folder, tokenizer, config, notes }: SeenFolder,
  graphs: TowerGraphs,
  batching: Text["batching"],
): Text {
  if (!tokenizer) {
    throw new MulanError("model.tokenizer", "this model has no tokenizer", {
      subject: folder,
      expected: "tokenizer.json beside the graphs",
      got: "none",
      remedy:
        "Copy the model's tokenizer.json into the folder (in Python: AutoTokenizer.from_pretrained(name).save_pretrained(folder))",
    });
  }
  const { inputs, outputs } = graphs.text.outline;
  const [ids, mask, typeIds] = [idsInput(inputs), maskInput(inputs), typeIdsInput(inputs)];
  // RoBERTa's positions begin behind its padding token: two of its table are never used.
  const positions = config?.text_config?.max_position_embeddings;
  const limits = [
    notes.max_tokens ?? notes.max_length,
    tokenizer.maxTokens,
    positions ? positions - 2 : undefined,
  ].filter((limit) => limit !== undefined);
  const { file, configFile } = tokenizer;
  return {
    ...preferredFiles(graphs.text, graphs),
    inputs: {
      ids: ids!.name,
      ...(mask && { mask: mask.name }),
      ...(typeIds && { typeIds: typeIds.name }),
    },
    output: { name: embeddingOutput(outputs, "text")!.name },
    tokenizer: {
      file,
      ...(configFile !== undefined && { configFile }),
      maxTokens: limits.length > 0 ? Math.min(...limits) : DEFAULT_MAX_TOKENS,
    },
    batching: mask ? batching : "single",
    normalize: true,
    ...unused(
      graphs.text,
      [ids, mask, typeIds].flatMap((info) => info?.name ?? []),
    ),
  };
}

/** File, output and inputs that are not the sound's, of the audio tower. */
export function audioGraphPart(
  graphs: TowerGraphs,
): Pick<Manifest["audio"], "file" | "precision" | "variants" | "output" | "unusedInputs"> {
  const { outline } = graphs.audio;
  return {
    ...preferredFiles(graphs.audio, graphs),
    output: { name: embeddingOutput(outline.outputs, "audio")!.name },
    ...unused(graphs.audio, [soundInput(outline.inputs)!.name]),
  };
}

/** `autoPrecision` of a manifest whose towers come in several precisions. */
export function precisionsPart(graphs: TowerGraphs): Pick<Manifest, "autoPrecision"> {
  const towers = [graphs.audio, graphs.text];
  const gpu = autoPrecision(towers, "gpu");
  return gpu && gpu !== autoPrecision(towers, "cpu") ? { autoPrecision: { gpu } } : {};
}

/** `unusedFiles` of a manifest: what lies there under another name for a precision that a tower has already. */
export function unusedFilesPart({ audio, text, mel }: TowerGraphs): Pick<Manifest, "unusedFiles"> {
  const unused = new Set([audio, text, mel].flatMap((graph) => graph?.unused ?? []));
  return unused.size > 0 ? { unusedFiles: [...unused].sort() } : {};
}

/** The embedding's length as the graph declares it; undefined where it leaves that open. */
export function declaredDim({ audio, text }: TowerGraphs): number | undefined {
  const lengths = [
    embeddingOutput(audio.outline.outputs, "audio"),
    embeddingOutput(text.outline.outputs, "text"),
  ].map((output) => output?.dims.at(-1));
  return lengths.find((length) => typeof length === "number");
}

function preferredFiles(graph: GraphGroup, { audio, text }: TowerGraphs) {
  return towerFiles(graph, autoPrecision([audio, text], "cpu")!);
}

/** A combined graph wants the other tower's inputs as well: the smallest that it accepts. */
function unused({ outline }: SeenGraph, used: readonly string[]): Pick<Text, "unusedInputs"> {
  const unusedInputs = outline.inputs.flatMap(({ name, dtype, dims }): Fill[] => {
    if (used.includes(name)) return [];
    // Halves are made of float32 where the graph is run.
    const fed = FLOAT_DTYPES.includes(dtype) ? "float32" : dtype;
    if (fed !== "float32" && fed !== "int64" && fed !== "int32") return [];
    // Open axes are the batch (1) and the tokens (2: some graphs do not take a single one).
    const lengths = dims.map((dim, i) => (typeof dim === "number" ? dim : i === 0 ? 1 : 2));
    const isMask = /mask/i.test(name);
    return [{ name, dtype: fed, dims: lengths, value: isMask ? 1 : 0 }];
  });
  return unusedInputs.length > 0 ? { unusedInputs } : {};
}
