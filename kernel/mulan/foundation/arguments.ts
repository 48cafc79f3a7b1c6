import { MulanError } from "./errors.ts";

/**
 * A forgotten await is the commonest slip in a notebook: say what to write.
 * @param hint the expression to write, for example "await readAudio(…)"
 * @throws MulanError `argument.promise`
 */
export function assertNotPromise(value: unknown, hint: string): void {
  if (!isThenable(value)) return;
  throw new MulanError("argument.promise", "a promise came where its value was meant", {
    remedy: `Write ${hint}`,
  });
}

/** Whether `await` would wait for it. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { then?: unknown }).then === "function"
  );
}
