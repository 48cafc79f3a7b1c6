import { createRequire } from "node:module";
import { Script } from "node:vm";
import type { Stripped } from "./stripTypes.ts";

/** esbuild is loaded only when a cell needs it: its process costs 100 ms and some memory. */
let esbuild: typeof import("esbuild") | undefined;
function loadEsbuild(): typeof import("esbuild") {
  esbuild ??= createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
  return esbuild;
}

/** TypeScript with standard decorators → JavaScript without them, as no Node runs decorators yet. */
export function lowerDecorators(source: string): Stripped {
  const compilerOptions = { verbatimModuleSyntax: true, useDefineForClassFields: true };
  return lower(source, "ts", { compilerOptions });
}

/** `using` → try/finally where the engine's Node does not know `using` (before 24). */
export function lowerUsing(code: string): Stripped | undefined {
  return runsUsing() ? undefined : lower(code, "js");
}

let nativeUsing: boolean | undefined;
function runsUsing(): boolean {
  if (nativeUsing === undefined) {
    try {
      new Script("{ using resource = null; }");
      nativeUsing = true;
    } catch {
      nativeUsing = false;
    }
  }
  return nativeUsing;
}

function lower(source: string, loader: "ts" | "js", tsconfigRaw: object = {}): Stripped {
  const { code, map } = loadEsbuild().transformSync(source, {
    loader,
    target: "node20.19",
    charset: "utf8",
    sourcemap: "external",
    tsconfigRaw,
  });
  return { code, map: () => JSON.parse(map) };
}
