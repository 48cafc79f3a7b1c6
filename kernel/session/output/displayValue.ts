import { inspect } from "node:util";
import type { Bundle } from "../protocol.ts";

/** What a value looks like in a notebook; undefined for a value that shows nothing. */
export async function displayValue(value: unknown): Promise<Bundle | undefined> {
  if (value === undefined) return undefined;
  return { "text/plain": inspectPlain(value) };
}

export function inspectPlain(value: unknown): string {
  return inspect(value, { colors: true, maxStringLength: 10_000, maxArrayLength: 100, depth: 4 });
}
