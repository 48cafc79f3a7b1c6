/** Errors as Node made them: it throws the same one again for every import of a module that failed. */
const asThrown = new WeakMap<Error, { readonly message: string; readonly stack: string }>();

/** Node has not loaded anything: it remembers that this module failed. */
export function isRemembered(thrown: unknown): boolean {
  return thrown instanceof Error && asThrown.has(thrown);
}

const CELL_FRAME = /^\s+at (?:async )?(?:.* \()?cell \d+:\d+:\d+\)?$/m;

/**
 * Says of a failed import what was asked for and where: Node names this engine's script as the importer,
 * gives a syntax error in a file no file, and most of these errors no line of the cell.
 * @param asked made in the call that the cell made
 */
export function tellImport(thrown: unknown, source: string, asked: Error, importer: string): void {
  if (!(thrown instanceof Error)) return;
  try {
    const own = asThrown.get(thrown) ?? { message: thrown.message, stack: String(thrown.stack) };
    asThrown.set(thrown, own);
    const message = withSource(thrown.name, own.message, source).replaceAll(
      ` imported from ${importer}`,
      "",
    );
    const stack = own.stack.replace(own.message, () => message);
    if (message !== thrown.message) thrown.message = message;
    const [, ...cellLines] = CELL_FRAME.test(stack) ? [] : String(asked.stack).split("\n");
    thrown.stack = [stack, ...cellLines].join("\n");
  } catch {
    // A frozen error, or one whose properties throw, stays as it is.
  }
}

/** Our own errors of syntax say file, line and column, V8's do not. */
function withSource(name: string, message: string, source: string): string {
  const file = source.split("/").at(-1) ?? source;
  const isPlaced = /:\d+:\d+\)$/.test(message);
  return name !== "SyntaxError" || isPlaced || message.includes(file)
    ? message
    : `${message} (in '${source}' or in what it imports)`;
}
