/** Raised when the shared things change their shape: two versions of this extension may meet on one page. */
const version = 1;

/**
 * The same object for all families: every output of a notebook lies in one page, yet each family's script may have
 * its own copy of this module.
 */
export function onePerPage<T>(name: string, make: () => T): T {
  const key = Symbol.for(`mulan-notebook.${name}.${version}`);
  const page = globalThis as unknown as Record<symbol, T | undefined>;
  page[key] ??= make();
  return page[key];
}
