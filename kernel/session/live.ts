/**
 * What renderers and front doors may ask of a running engine, in VS Code and Jupyter alike:
 * request name → its parameters and its answer, both plain data. The engine answers between turns.
 */
import type { VariableInfo } from "./protocol.ts";

export interface LiveRequests {
  readonly variables: { readonly params: undefined; readonly answer: readonly VariableInfo[] };
}

export type LiveName = keyof LiveRequests;

export type LiveHandlers = {
  readonly [Name in LiveName]: (
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
  const handler = handlers[name as LiveName] as (params: unknown) => unknown;
  return handler(params);
}
