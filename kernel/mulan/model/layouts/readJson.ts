import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { MulanError } from "../../foundation/errors.ts";
import { zodProblem } from "../manifest/zodProblem.ts";

/** A JSON file of a model's folder as its schema says; undefined where there is no such file. @throws MulanError `model.config` */
export async function readJson<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const subject = join(folder, name);
  const text = await readFile(subject, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new MulanError("model.config", `cannot be read (${cause.code})`, { subject }, { cause });
  });
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const parts = { subject, expected: "JSON", got: (cause as Error).message };
    throw new MulanError("model.config", "this file is not JSON", parts, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, expected, got } = zodProblem(parsed.error, value);
  throw new MulanError("model.config", `the field "${field}" is wrong`, { subject, expected, got });
}
