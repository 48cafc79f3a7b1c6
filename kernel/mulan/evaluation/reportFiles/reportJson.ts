import { isClipSource } from "../../embedding/source.ts";
import { type ErrorData, errorFromData, errorToData, MulanError } from "../../foundation/errors.ts";
import type { Report } from "../report.ts";

// What JSON has no word for is an object with one key that begins with "$": numbers in an array as base64 of their
// little-endian bytes, errors, undefined, and the infinite length of a sound whose end is not known.
const ARRAYS = { float32: Float32Array, uint8: Uint8Array, float64: Float64Array } as const;
const FORMAT = "mulan-report/1";

export function reportToJson(report: Report): string {
  return `${JSON.stringify({ format: FORMAT, ...report }, encode, 1)}\n`;
}

/** @throws MulanError `report-file.invalid` */
export function reportFromJson(text: string, path: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text, decode);
  } catch (cause) {
    throw invalid(path, "is not JSON", {}, cause);
  }
  const { format, ...report } = (json ?? {}) as { format?: unknown; kind?: unknown };
  if (format === FORMAT && report.kind === "report") return report as Report;
  throw invalid(path, "is no report of this library", {
    expected: `"format": ${JSON.stringify(FORMAT)} and "kind": "report"`,
    got: `format ${JSON.stringify(format)} and kind ${JSON.stringify(report.kind)}`,
  });
}

function encode(_: string, value: unknown): unknown {
  if (value === undefined) return { $undefined: true };
  if (value === Number.POSITIVE_INFINITY) return { $number: "Infinity" };
  for (const [type, Numbers] of Object.entries(ARRAYS)) {
    if (!(value instanceof Numbers)) continue;
    const { buffer, byteOffset, byteLength } = value;
    return { $array: type, base64: Buffer.from(buffer, byteOffset, byteLength).toString("base64") };
  }
  if (value instanceof Error) return { $error: errorToData(value) };
  if (isClipSource(value)) {
    const { label, path, startSec, durationSec } = value;
    return path === undefined
      ? { label, startSec, durationSec }
      : { label, path, startSec, durationSec };
  }
  return value;
}

function decode(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const coded = value as Record<string, unknown>;
  if ("$number" in coded) return Number(coded.$number);
  if ("$error" in coded) return withoutStack(errorFromData(coded.$error as ErrorData));
  if ("$array" in coded) return toNumbers(coded);
  // A reviver that returns undefined deletes: in an array the place stays, as undefined.
  return "$undefined" in coded ? undefined : value;
}

function toNumbers({ $array, base64 }: Record<string, unknown>) {
  const Numbers = ARRAYS[$array as keyof typeof ARRAYS];
  const bytes = new Uint8Array(Buffer.from(String(base64), "base64"));
  return new Numbers(bytes.buffer);
}

/** Where it came about belongs to the run that failed. */
function withoutStack(error: Error): Error {
  delete error.stack;
  return error;
}

function invalid(
  path: string,
  problem: string,
  parts: { expected?: string; got?: string },
  cause?: unknown,
): MulanError {
  return new MulanError("report-file.invalid", problem, { subject: path, ...parts }, { cause });
}
