/**
 * What a supervisor and its engine say to each other, in frames (foundation/frames.ts) on extra pipes:
 * commands on one, events on another, and interrupts on a third that a thread of its own reads,
 * because a busy engine reads nothing. Ids are opaque: whoever makes one chooses it, others only compare.
 */
import { z } from "zod";

/** Mime type → content, as in a notebook's output: text, base64 for images, plain data for JSON. */
export type Bundle = Readonly<Record<string, unknown>>;
const bundle = z.record(z.string(), z.unknown());

const frame = z.object({
  /** Missing for the code of local files. */
  cellId: z.string().optional(),
  executionCount: z.number().optional(),
  /** The path of a local file that a cell imported. */
  file: z.string().optional(),
  functionName: z.string().optional(),
  /** From one, in the text that the user wrote. */
  line: z.number(),
  column: z.number(),
});
/** One place of a stack: only the user's own code is listed. */
export type ErrorFrame = z.infer<typeof frame>;

export interface CellError {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly ErrorFrame[];
  /** Lines ready to be shown: message, frames and causes, with ANSI colours. */
  readonly traceback: readonly string[];
  readonly cause?: CellError | undefined;
}
const cellError: z.ZodType<CellError> = z.lazy(() =>
  z.object({
    name: z.string(),
    message: z.string(),
    frames: z.array(frame),
    traceback: z.array(z.string()),
    cause: cellError.optional(),
  }),
);

const ofCell = { cellId: z.string() };

export const engineEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    pid: z.number(),
    nodeVersion: z.string(),
    packageVersion: z.string(),
  }),
  z.object({ type: z.literal("status"), status: z.enum(["busy", "idle"]), cellId: z.string() }),
  z.object({
    type: z.literal("stream"),
    ...ofCell,
    name: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  z.object({
    type: z.literal("display"),
    ...ofCell,
    bundle,
    displayId: z.string().optional(),
    metadata: bundle.optional(),
  }),
  /** Changes every display of this id, in whichever cell it stands. */
  z.object({
    type: z.literal("updateDisplay"),
    ...ofCell,
    bundle,
    displayId: z.string(),
    metadata: bundle.optional(),
  }),
  /** `wait`: the old outputs stay until the next one comes. */
  z.object({ type: z.literal("clearOutput"), ...ofCell, wait: z.boolean() }),
  /** How far a long call has come; a front door draws it as one display that changes. */
  z.object({
    type: z.literal("progress"),
    ...ofCell,
    label: z.string(),
    done: z.number(),
    total: z.number(),
    rate: z.number().optional(),
  }),
  z.object({ type: z.literal("result"), ...ofCell, bundle, executionCount: z.number() }),
  /** Also after its cell has ended: timers and unhandled rejections report here. */
  z.object({ type: z.literal("error"), ...ofCell, error: cellError }),
  z.object({
    type: z.literal("executed"),
    requestId: z.string(),
    ...ofCell,
    status: z.enum(["ok", "error", "interrupted"]),
    executionCount: z.number(),
    durationMs: z.number(),
  }),
  /** The notebook's selection has changed: ids of clips, for figures (figures/contractLive.ts). */
  z.object({ type: z.literal("selection"), clips: z.array(z.string()) }),
  /** The engine is about to end by itself: a cell called process.exit(). */
  z.object({ type: z.literal("exiting"), exitCode: z.number() }),
  z.object({ type: z.literal("reply"), requestId: z.string(), value: z.unknown().optional() }),
  z.object({ type: z.literal("refusal"), requestId: z.string(), message: z.string() }),
]);
export type EngineEvent = z.infer<typeof engineEvent>;

const asked = { requestId: z.string() };
export const engineCommand = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("execute"),
    ...asked,
    cellId: z.string(),
    code: z.string(),
    /** Counts the cells; an interrupt names by it which one is meant. */
    sequence: z.number(),
  }),
  z.object({ type: z.literal("complete"), ...asked, code: z.string(), offset: z.number() }),
  z.object({ type: z.literal("inspect"), ...asked, code: z.string(), offset: z.number() }),
  /** A request of live.ts, from a renderer or a front door. */
  z.object({ type: z.literal("live"), ...asked, name: z.string(), params: z.unknown() }),
  z.object({ type: z.literal("shutdown") }),
]);
export type EngineCommand = z.infer<typeof engineCommand>;

/** What `complete` answers: replace `code` from `start` to `end` by one of the names. */
export interface Completions {
  readonly start: number;
  readonly end: number;
  readonly items: readonly { readonly name: string; readonly kind: string }[];
}

/** What `inspect` answers about the name at a place; undefined where nothing is known. */
export interface Inspection {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

export interface VariableInfo {
  readonly name: string;
  readonly type: string;
  /** Length or dimensions: "3 × 128". Empty for what has none. */
  readonly shape: string;
  /** The value in a few words. */
  readonly value: string;
}
