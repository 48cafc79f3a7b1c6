import type { Completions } from "../protocol.ts";
import { type LiveNames, readChain, valueOfChain } from "./liveValue.ts";
import { dataProperty, typeOf } from "./variables.ts";

const MAX_ITEMS = 300;

/** Names that fit at a place: the cells' variables, or the keys that the value before the dot has now. */
export function complete(code: string, offset: number, names: LiveNames): Completions {
  const before = code.slice(0, offset);
  const prefix = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(before)?.[0] ?? "";
  const start = offset - prefix.length;
  const head = before.slice(0, start);
  const items = /\.$/.test(head) ? keysAt(head, names) : variables(names);
  const fitting = items.filter(({ name }) => name.startsWith(prefix)).slice(0, MAX_ITEMS);
  return { start, end: offset, items: fitting };
}

type Items = Completions["items"][number][];

function variables(names: LiveNames): Items {
  return names.visibleNames.map((name) => ({ name, kind: typeOf(names.valueOf(name)) }));
}

function keysAt(head: string, names: LiveNames): Items {
  const chain = readChain(head);
  const found = chain && valueOfChain(chain, names);
  if (!found || found.value === undefined || found.value === null) return [];
  const items = new Map<string, string>();
  for (let at: unknown = Object(found.value); at !== null; at = Object.getPrototypeOf(at)) {
    if (at === Object.prototype && items.size > 0) break;
    for (const name of Object.getOwnPropertyNames(at)) {
      if (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !items.has(name)) {
        items.set(name, kindOf(at, name));
      }
      if (items.size >= MAX_ITEMS) break;
    }
  }
  return [...items].map(([name, kind]) => ({ name, kind }));
}

function kindOf(owner: unknown, name: string): string {
  const value = dataProperty(owner, name);
  return value === undefined ? "property" : typeOf(value);
}
