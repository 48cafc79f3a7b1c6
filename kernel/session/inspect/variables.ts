import { inspect } from "node:util";
import type { VariableInfo } from "../protocol.ts";

const MAX_VALUE_CHARS = 120;

/** What a variable is, in a line. Never throws, runs no getter of the user's. */
export function describeVariable(name: string, value: unknown): VariableInfo {
  return { name, type: typeOf(value), shape: shapeOf(value), value: shortValue(value) };
}

export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return isClass(value) ? "class" : "function";
  if (typeof value !== "object") return typeof value;
  const name = dataProperty(Object.getPrototypeOf(value), "constructor");
  const own = typeof name === "function" ? dataProperty(name, "name") : undefined;
  return typeof own === "string" && own !== "" ? own : "Object";
}

/** "3 × 128" for matrices that say n and dim, a length or a size for the rest. */
export function shapeOf(value: unknown): string {
  if (typeof value === "string") return String(value.length);
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return String("length" in value ? value.length : value.byteLength);
  }
  if (value instanceof Map || value instanceof Set) return String(value.size);
  const [n, dim] = [dataProperty(value, "n"), dataProperty(value, "dim")];
  if (typeof n === "number" && typeof dim === "number") return `${n} × ${dim}`;
  const [rows, columns] = [dataProperty(value, "rows"), dataProperty(value, "columns")];
  return Array.isArray(rows) && Array.isArray(columns) ? `${rows.length} × ${columns.length}` : "";
}

export function shortValue(value: unknown, maxChars = MAX_VALUE_CHARS): string {
  let text: string;
  try {
    text =
      typeof value === "function"
        ? inspect(value)
        : inspect(value, {
            depth: 1,
            breakLength: Number.POSITIVE_INFINITY,
            maxArrayLength: 8,
            maxStringLength: maxChars,
            customInspect: false,
          });
  } catch {
    text = "…";
  }
  const oneLine = text.replaceAll(/\s*\n\s*/g, " ");
  return oneLine.length > maxChars ? `${oneLine.slice(0, maxChars - 1)}…` : oneLine;
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

/** A property's value unless a getter would have to be run for it. */
export function dataProperty(value: unknown, key: PropertyKey): unknown {
  for (let at: unknown = value, depth = 0; at !== null && depth < 8; depth++) {
    if (typeof at !== "object" && typeof at !== "function") return undefined;
    const found = Object.getOwnPropertyDescriptor(at, key);
    if (found) return found.value;
    at = Object.getPrototypeOf(at);
  }
  return undefined;
}
