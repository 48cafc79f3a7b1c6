/**
 * moduleHooks.ts for Node 20, which asks them on a thread of their own. It remembers by its URL every module that
 * failed, and all that import one, until the process ends: what failed below a file that is asked for again
 * (importer.ts) gets that file's new URL too.
 */
import * as hooks from "./moduleHooks.ts";

interface Context {
  readonly parentURL?: string | undefined;
}
type Next<Asked, Answer> = (name: string, context?: Asked) => Promise<Answer>;

const AGAIN = /\?again=\d+$/;

const importersOf = new Map<string, Set<string>>();
const failed = new Set<string>();

export async function resolve(
  specifier: string,
  context: Context,
  next: Next<Context, { url: string }>,
): Promise<{ url: string }> {
  const importer = context.parentURL ?? "";
  const [again = ""] = AGAIN.exec(importer) ?? [];
  try {
    const resolved = await hooks.resolve(specifier, context, next);
    const file = fileOf(resolved.url);
    importersOf.set(file, (importersOf.get(file) ?? new Set()).add(fileOf(importer)));
    const askAgain = again !== "" && resolved.url === file && failed.has(file);
    return askAgain ? { ...resolved, url: `${file}${again}` } : resolved;
  } catch (error) {
    noteFailure(fileOf(importer));
    throw error;
  }
}

export async function load<Asked, Answer>(
  url: string,
  context: Asked,
  next: Next<Asked, Answer>,
): Promise<Answer | { format: string; source: string; shortCircuit: true }> {
  try {
    return await hooks.load(url, context, next);
  } catch (error) {
    noteFailure(fileOf(url));
    throw error;
  }
}

/** Of a file and of all that import it, by however many others. */
function noteFailure(file: string, seen = new Set<string>()): void {
  if (seen.has(file)) return;
  seen.add(file);
  failed.add(file);
  for (const importer of importersOf.get(file) ?? []) noteFailure(importer, seen);
}

function fileOf(url: string): string {
  return url.replace(AGAIN, "");
}
