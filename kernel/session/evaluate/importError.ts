/** The stacks as Node made them: it throws the same error again for every import of a module that failed. */
const ownStacks = new WeakMap<Error, string>();

const CELL_FRAME = /^\s+at (?:async )?(?:.* \()?cell \d+:\d+:\d+\)?$/m;

/**
 * Says of a failed import what was asked for and where: Node names this engine's script as the importer,
 * gives a syntax error in a file no file, and most of these errors no line of the cell.
 * @param asked made in the call that the cell made
 */
export function tellImport(thrown: unknown, source: string, asked: Error, importer: string): void {
  if (!(thrown instanceof Error)) return;
  try {
    const stack = ownStacks.get(thrown) ?? String(thrown.stack);
    ownStacks.set(thrown, stack);
    const message = withSource(thrown, source).replaceAll(` imported from ${importer}`, "");
    const stackTold = stack.replace(thrown.message, () => message);
    if (message !== thrown.message) thrown.message = message;
    const [, ...cellLines] = CELL_FRAME.test(stack) ? [] : String(asked.stack).split("\n");
    thrown.stack = [stackTold, ...cellLines].join("\n");
  } catch {
    // A frozen error, or one whose properties throw, stays as it is.
  }
}

function withSource({ name, message }: Error, source: string): string {
  const file = source.split("/").at(-1) ?? source;
  return name !== "SyntaxError" || message.includes(file)
    ? message
    : `${message} (in '${source}' or in what it imports)`;
}
