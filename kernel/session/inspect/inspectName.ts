import type { Inspection } from "../protocol.ts";
import { type LiveNames, readChain, valueOfChain } from "./liveValue.ts";
import { shapeOf, shortValue, typeOf } from "./variables.ts";

const MAX_TEXT_CHARS = 400;

/** What the name under the cursor holds now. */
export function inspectName(
  code: string,
  offset: number,
  names: LiveNames,
): Inspection | undefined {
  const after = /^[\p{ID_Continue}$]*/u.exec(code.slice(offset))?.[0] ?? "";
  const chain = readChain(code.slice(0, offset) + after);
  const found = chain && chain.length > 0 ? valueOfChain(chain, names) : undefined;
  if (!chain || !found) return undefined;
  const shape = shapeOf(found.value);
  const type = shape ? `${typeOf(found.value)} (${shape})` : typeOf(found.value);
  return {
    name: chain.join(".").replaceAll(".[", "["),
    type,
    text: shortValue(found.value, MAX_TEXT_CHARS),
  };
}
