import { dataProperty } from "./variables.ts";

/** How the engine's names are read without running anything. */
export interface LiveNames {
  readonly visibleNames: readonly string[];
  valueOf(name: string): unknown;
}

/** A name begins where no name goes on: else a long one could be cut into names in 2^n ways. */
const CHAIN_AT_END =
  /(?:(?<![\p{ID_Continue}$])[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\d+\]|\?\.|\.)*$/u;

/** A chain of names such as `rows[0].label`, as far as it reaches back from the end of the text. */
export function readChain(text: string): string[] | undefined {
  const chain = CHAIN_AT_END.exec(text)?.[0];
  if (!chain) return undefined;
  return chain.split(/\?\.|\.|(?=\[)/).filter((part) => part !== "");
}

/** The value that a chain names, reading data properties only. */
export function valueOfChain(
  [first, ...rest]: readonly string[],
  names: LiveNames,
): { readonly value: unknown } | undefined {
  if (first === undefined) return undefined;
  const isKnown = names.visibleNames.includes(first);
  if (!isKnown && !(first in globalThis)) return undefined;
  let value = isKnown ? names.valueOf(first) : dataProperty(globalThis, first);
  for (const part of rest) {
    const index = /^\[(\d+)\]$/.exec(part)?.[1];
    if (value === undefined || value === null) return undefined;
    value = dataProperty(Object(value), index ?? part);
  }
  return { value };
}
