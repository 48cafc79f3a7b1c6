/**
 * How modules that cells import are found and read: local TypeScript is made JavaScript, an import
 * without its suffix or with the compiled one finds the TypeScript file, and everybody's
 * "mulan-notebook" is this engine's own copy.
 */
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { builtEntry } from "../../mulan/foundation/packageRoot.ts";
import { isLocalTypeScript, readLocalSource } from "./localSource.ts";
import { PACKAGE_NAME } from "./packageName.ts";

interface ResolveContext {
  readonly parentURL?: string | undefined;
}
type Next<Context, Result> = (name: string, context?: Context) => Result;

export function resolve<Result>(
  specifier: string,
  context: ResolveContext,
  next: Next<ResolveContext, Result>,
): Result | { url: string; format: string; shortCircuit: true } {
  if (specifier === PACKAGE_NAME) {
    const url = pathToFileURL(builtEntry("index")).href;
    return { url, format: "module", shortCircuit: true };
  }
  return next(typeScriptPath(specifier, context.parentURL) ?? specifier, context);
}

export function load<Context, Result>(
  url: string,
  context: Context,
  next: Next<Context, Result>,
): Result | { format: string; source: string; shortCircuit: true } {
  const path = url.startsWith("file:") ? fileURLToPath(url) : undefined;
  if (path === undefined || !isLocalTypeScript(path)) return next(url, context);
  const format = path.endsWith(".cts") ? "commonjs" : "module";
  return { format, source: readLocalSource(path).code, shortCircuit: true };
}

/** "./notes" and "./notes.js" mean notes.ts where only that is there. */
function typeScriptPath(specifier: string, parentUrl: string | undefined): string | undefined {
  if (!/^(\.{0,2}\/|file:)/.test(specifier) || !parentUrl?.startsWith("file:")) return undefined;
  const url = new URL(specifier, parentUrl);
  const path = fileURLToPath(url);
  if (parentUrl.includes("/node_modules/") || existsSync(path)) return undefined;
  const candidates = [`${path}.ts`, path.replace(/\.([mc]?)js$/, ".$1ts"), `${path}.js`];
  const found = candidates.find((candidate) => candidate !== path && existsSync(candidate));
  return found && `${pathToFileURL(found).href}${url.search}`;
}

/** Node 22.15 and later run hooks where they are; earlier ones load moduleHooksThread.ts on a thread. */
interface HookApi {
  readonly registerHooks?: (hooks: object) => void;
  readonly register: (url: URL) => void;
}

let installed = false;
export function installModuleHooks(): void {
  if (installed) return;
  installed = true;
  const api = nodeModule as unknown as HookApi;
  if (api.registerHooks) api.registerHooks({ resolve, load });
  else api.register(pathToFileURL(builtEntry("engine-module-hooks")));
}
