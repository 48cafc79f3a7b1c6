const MAX_SHOWN = 60;
/** Of a list; the rest would be cut anyway. */
const MAX_ENTRIES = 20;
const MAX_DEPTH = 4;

/** A value for a message: quoted, and not the whole of a long text, list or sound. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return String(value);
  const text = JSON.stringify(brief(value, 0)) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

/** As JSON has it: tables bring bigints, which it does not know, and bytes by the megabyte. */
function brief(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.slice(0, MAX_SHOWN + 1);
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((one) => brief(one, depth + 1));
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(entries.map(([key, one]) => [key, brief(one, depth + 1)]));
}
