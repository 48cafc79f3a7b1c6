import { z } from "zod";
import { frontEndSchema } from "../../audio/frontEnd.ts";
import { windowPolicySchema } from "../../audio/windowPolicy.ts";

/** A file of the model, named relative to its folder; it may not leave that folder. */
const fileInFolder = z
  .string()
  .min(1)
  .refine((path) => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes(".."), {
    message: "must stay inside the model's folder",
  });

const tensorName = z.string().min(1);

const precisionSchema = z.enum(["fp32", "fp16", "int8", "q4"]);

export type Precision = z.infer<typeof precisionSchema>;

/** A tower's graph, and the same graph in other precisions where the model has them. */
const graphFiles = {
  file: fileInFolder,
  /** Of `file`. */
  precision: precisionSchema.optional(),
  /** Other files by precision: `load(source, { precision })` chooses one. */
  variants: z.partialRecord(precisionSchema, fileInFolder).optional(),
  /** Cosine between a variant's embeddings and those of `file`, as its exporter measured it. */
  variantLoss: z
    .partialRecord(
      precisionSchema,
      z.strictObject({ meanCosine: z.number(), leastCosine: z.number() }),
    )
    .optional(),
  /** Weights that ONNX keeps in files beside `file`. */
  external: z.array(fileInFolder).optional(),
  /** Inputs that are not this tower's, of a graph that holds both: what they are filled with. */
  unusedInputs: z
    .array(
      z.strictObject({
        name: tensorName,
        dtype: z.enum(["float32", "int64", "int32"]),
        dims: z.array(z.int().positive()),
        value: z.number(),
      }),
    )
    .optional(),
};

const audioTowerSchema = z.strictObject({
  ...graphFiles,
  input: z.strictObject({
    name: tensorName,
    /** Order of the axes as the graph wants them; "channel" is an axis of length 1. */
    layout: z.array(z.enum(["batch", "channel", "frame", "mel", "sample"])).min(1),
  }),
  output: z.strictObject({ name: tensorName }),
  /**
   * A graph of its own before `file`: it turns the waveform (`input.layout`) into what `input.name` takes, and the
   * front end is "waveform".
   */
  melGraph: z
    .strictObject({
      file: fileInFolder,
      input: z.strictObject({ name: tensorName }),
      output: z.strictObject({ name: tensorName }),
    })
    .optional(),
  frontEnd: frontEndSchema,
  windows: windowPolicySchema,
  pooling: z.strictObject({
    windows: z.literal("mean"),
    /** L2-normalise each window's embedding before the mean. */
    normalizeWindows: z.boolean(),
    /** L2-normalise the clip's embedding after the mean; Embeddings scale their rows to length 1 in any case. */
    normalize: z.boolean(),
  }),
});

const textTowerSchema = z.strictObject({
  ...graphFiles,
  inputs: z.strictObject({
    ids: tensorName,
    mask: tensorName.optional(),
    typeIds: tensorName.optional(),
  }),
  output: z.strictObject({ name: tensorName }),
  tokenizer: z.strictObject({
    file: fileInFolder,
    configFile: fileInFolder.optional(),
    maxTokens: z.int().positive(),
  }),
  /**
   * "masked": texts of a batch are padded and masked. "single": one text at a time and unpadded, for graphs
   * whose result depends on the batch (int8 activation ranges, pooling without a mask).
   */
  batching: z.enum(["masked", "single"]),
  normalize: z.boolean(),
  /** The text model that this tower is built upon: its sentence embedding is a tensor inside the graph. */
  sentenceEncoder: z
    .strictObject({ id: z.string().min(1), output: tensorName, dim: z.int().positive() })
    .optional(),
});

export const manifestSchema = z.strictObject({
  format: z.literal("mulan/1"),
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/),
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  /** Length of an embedding. */
  dim: z.int().positive(),
  /** Temperature τ of the contrastive loss, learned unless `temperatureOrigin` says otherwise: softmax(cosine / τ). */
  temperature: z.number().positive(),
  /**
   * Missing where the model's own files say the learned one. "measured": in its graph, logits over cosines. "initial":
   * where training began, by config.json. "assumed": nothing says it.
   */
  temperatureOrigin: z.enum(["measured", "initial", "assumed"]).optional(),
  licence: z.string(),
  trainedOn: z.array(
    z.strictObject({
      dataset: z.string(),
      how: z.string().optional(),
      /** Labels of this data set that training saw: an evaluation on them is not zero-shot. */
      labelsSeen: z.array(z.string()).optional(),
    }),
  ),
  /** What precision "auto" takes on a GPU, where it is not the one of `file`. */
  autoPrecision: z.strictObject({ gpu: precisionSchema }).optional(),
  /** Graphs that lie in the folder and are never chosen: a precision has a better known file. */
  unusedFiles: z.array(fileInFolder).optional(),
  audio: audioTowerSchema,
  text: textTowerSchema,
  files: z.record(
    fileInFolder,
    z.strictObject({ sha256: z.hash("sha256"), bytes: z.int().nonnegative() }),
  ),
});

/** The contents of `mulan.json`: all that the runtime must know of a two-tower model. */
export type Manifest = z.infer<typeof manifestSchema>;
