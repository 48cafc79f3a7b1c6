import { createRequire, isBuiltin } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { isRemembered, tellImport } from "./importError.ts";
import { installModuleHooks } from "./moduleHooks.ts";
import { PACKAGE_NAME } from "./packageName.ts";

export type ModuleNamespace = Readonly<Record<string, unknown>>;
type NativeImport = (source: string, options?: ImportCallOptions) => Promise<ModuleNamespace>;

/** Imports for the cells of one notebook: relative to its folder, and this engine's own copy of the library. */
export class Importer {
  readonly require: NodeJS.Require;
  readonly meta: {
    url: string;
    filename: string;
    dirname: string;
    resolve(source: string): string;
  };
  readonly #native: NativeImport;
  /** What Node takes for the importing file; there is none. */
  readonly #importer: string;
  readonly #loadedAgain = new Map<string, string>();
  #nAgain = 0;
  #library: ModuleNamespace | undefined;
  readonly #loadLibrary: () => Promise<ModuleNamespace>;

  constructor(notebookPath: string, loadLibrary: () => Promise<ModuleNamespace>) {
    this.#loadLibrary = loadLibrary;
    const dirname = join(notebookPath, "..");
    const url = pathToFileURL(notebookPath).href;
    const nativeRequire = createRequire(notebookPath);
    const require = (id: string) => {
      if (id === PACKAGE_NAME && this.#library) return this.#library;
      if (!isBuiltin(id)) installModuleHooks();
      return nativeRequire(id);
    };
    this.require = Object.assign(require, nativeRequire);
    const resolve = (source: string) =>
      /^\.{0,2}\//.test(source)
        ? new URL(source, url).href
        : pathToFileURL(this.require.resolve(source)).href;
    this.meta = { url, filename: notebookPath, dirname, resolve };
    // Node resolves what a script imports from where the script says it is.
    this.#importer = join(dirname, "cells.mjs");
    this.#native = new Script("(source, options) => import(source, options)", {
      filename: this.#importer,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }).runInThisContext() as NativeImport;
  }

  /** The library's names, for what cells reach without an import. */
  async library(): Promise<ModuleNamespace> {
    this.#library ??= await this.#loadLibrary();
    return this.#library;
  }

  async import(source: string, options?: ImportCallOptions): Promise<ModuleNamespace> {
    const name = String(source);
    if (name === PACKAGE_NAME) return this.library();
    if (!isBuiltin(name)) installModuleHooks();
    const asked = new Error();
    try {
      return await this.#importFile(name, options);
    } catch (error) {
      tellImport(error, name, asked, this.#importer);
      throw error;
    }
  }

  /** A file that failed is loaded under another URL the next time: it may have been mended. */
  async #importFile(name: string, options?: ImportCallOptions): Promise<ModuleNamespace> {
    try {
      return await this.#native(this.#loadedAgain.get(name) ?? name, options);
    } catch (error) {
      if (!isRemembered(error) || !/^\.{0,2}\/[^?#]*$/.test(name)) throw error;
      const again = `${name}?again=${++this.#nAgain}`;
      const module = await this.#native(again, options);
      this.#loadedAgain.set(name, again);
      return module;
    }
  }

  /**
   * @param names exported name, and whether it may be missing because it is a type
   * @throws SyntaxError that names a missing export
   */
  async importNames(
    source: string,
    attributes: Record<string, string> | undefined,
    names: readonly (readonly [string, boolean])[],
  ): Promise<ModuleNamespace> {
    const module = await this.import(source, attributes && { with: attributes });
    for (const [name, optional] of names) {
      if (!optional && !(name in module)) {
        throw new SyntaxError(`The module '${source}' does not provide an export named '${name}'`);
      }
    }
    return module;
  }
}
