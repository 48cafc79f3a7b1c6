import { type FrontEnd, frontEndSchema } from "../../audio/frontEnd.ts";
import { MulanError } from "../../foundation/errors.ts";
import { zodProblem } from "../manifest/zodProblem.ts";

/** A front end from JSON, as `audio.frontEnd` of mulan.json has it. @throws MulanError `model.config` */
export function parseFrontEnd(text: string, subject: string): FrontEnd {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const parts = { subject, expected: "JSON", got: (cause as Error).message };
    throw new MulanError("model.config", "the front end is not JSON", parts, { cause });
  }
  const parsed = frontEndSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { field, expected, got } = zodProblem(parsed.error, value);
  throw new MulanError("model.config", `the front end's field "${field}" is wrong`, {
    subject,
    expected,
    got,
  });
}
