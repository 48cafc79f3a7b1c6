/**
 * What renderers and front doors may ask of a running engine, in VS Code and Jupyter alike:
 * request name → its parameters and its answer, both plain data. The engine answers between turns.
 */
import type { Figure } from "../mulan/figures/contract.ts";
import type { LiveRequests as FigureRequests } from "../mulan/figures/contractLive.ts";
import type { ModelDescription } from "../mulan/model/describe.ts";
import type { Unloaded } from "../mulan/model/unloadModels.ts";
import type { Bundle, VariableInfo } from "./protocol.ts";

export interface ProcessMemory {
  readonly name: string;
  readonly pid: number;
  /** Resident; 0 where the platform does not tell. */
  readonly bytes: number;
}

/** Of front doors. */
interface DoorRequests {
  readonly variables: { readonly params: undefined; readonly answer: readonly VariableInfo[] };
  /** The models that cells have loaded, the latest last. */
  readonly models: { readonly params: undefined; readonly answer: readonly ModelDescription[] };
  /** What this notebook's processes hold in memory. */
  readonly memory: { readonly params: undefined; readonly answer: readonly ProcessMemory[] };
  /** Ends the processes that hold models; these are opened again when a cell uses them. */
  readonly unloadModels: { readonly params: undefined; readonly answer: Unloaded };
  /** The whole output of a figure that a person has changed: its JSON, PNG and text. */
  readonly drawFigure: { readonly params: { readonly figure: Figure }; readonly answer: Bundle };
}

/** Of figures, answered by live/figureRequests.ts. */
type FigureAnswers = {
  readonly [Name in keyof FigureRequests]: {
    readonly params: FigureRequests[Name]["params"];
    readonly answer: FigureRequests[Name]["reply"];
  };
};

export interface LiveRequests extends DoorRequests, FigureAnswers {}

export type LiveName = keyof LiveRequests;

export type LiveHandlers = {
  readonly [Name in keyof DoorRequests]: (
    params: LiveRequests[Name]["params"],
  ) => LiveRequests[Name]["answer"] | Promise<LiveRequests[Name]["answer"]>;
};

/** @throws Error for a name that is not in the table */
export async function answerLive(
  handlers: LiveHandlers,
  name: string,
  params: unknown,
): Promise<unknown> {
  if (!Object.hasOwn(handlers, name)) {
    const known = Object.keys(handlers).join(", ");
    throw new Error(`the engine knows no live request "${name}" (it knows ${known})`);
  }
  const handler = handlers[name as keyof DoorRequests] as (params: unknown) => unknown;
  return handler(params);
}
