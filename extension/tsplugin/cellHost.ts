import type * as TypeScript from "typescript";
import { readCellFile } from "./cellFiles.ts";
import { cellSuffix, type KnownCell } from "./cellSuffix.ts";
import { type DeclaredNames, declaredNames } from "./declaredNames.ts";

type Host = TypeScript.LanguageServiceHost;

/** What cells may use beside their own names. */
export interface CellTypes {
  /** Path of the declarations of `mulan`, `display` and the other names that a cell has. */
  readonly globals: string;
  /** Path of the declarations of Node, for folders that have none. */
  readonly node: string;
  /** Path of the declarations behind `import … from "mulan-notebook"`. */
  readonly library: string;
}

/** The cells of one project as TypeScript is to see them. */
export class CellHost {
  readonly #ts: typeof TypeScript;
  readonly #host: Host;
  readonly #snapshotOf: (fileName: string) => TypeScript.IScriptSnapshot | undefined;
  readonly #namesOf: () => string[];
  readonly #declared = new Map<string, { text: string; declared: DeclaredNames }>();
  /** Cells of a notebook from top to bottom, as the extension last told it. */
  #order: ReadonlyMap<string, number> = new Map();

  constructor(ts: typeof TypeScript, host: Host) {
    this.#ts = ts;
    this.#host = host;
    this.#snapshotOf = host.getScriptSnapshot.bind(host);
    this.#namesOf = host.getScriptFileNames.bind(host);
  }

  /** @param marks of all cells of all open notebooks, each notebook's from top to bottom */
  setOrder(marks: readonly string[]): void {
    this.#order = new Map(marks.map((mark, i) => [mark, i]));
  }

  /** Length of the text that the user sees, where a file is a cell. */
  lengthOf(fileName: string): number | undefined {
    if (!readCellFile(fileName)) return undefined;
    return this.#snapshotOf(fileName)?.getLength();
  }

  /** Makes the host show cells with their suffixes, and our declarations beside them. */
  patch({ globals, node, library }: CellTypes): void {
    const host = this.#host;
    let ours: readonly string[] | undefined;
    const versionOf = host.getScriptVersion.bind(host);
    const resolve = host.resolveModuleNameLiterals?.bind(host);
    host.getScriptFileNames = () => {
      const names = this.#namesOf();
      if (!names.some(readCellFile)) return names;
      ours ??= this.#hasNodeTypes() ? [globals] : [globals, node];
      return [...names, ...ours];
    };
    host.getScriptVersion = (fileName) => {
      const suffix = this.#suffixOf(fileName);
      return suffix === undefined ? versionOf(fileName) : `${versionOf(fileName)}+${suffix}`;
    };
    host.getScriptSnapshot = (fileName) => {
      const snapshot = this.#snapshotOf(fileName);
      const suffix = this.#suffixOf(fileName);
      if (!snapshot || suffix === undefined) return snapshot;
      return this.#ts.ScriptSnapshot.fromString(snapshot.getText(0, snapshot.getLength()) + suffix);
    };
    if (!resolve) return;
    host.resolveModuleNameLiterals = (literals, containingFile, ...rest) => {
      const found = resolve(literals, containingFile, ...rest);
      if (!readCellFile(containingFile)) return found;
      return found.map((resolution, i) => {
        const name = literals[i]?.text ?? "";
        const target = name === "mulan-notebook" ? library : readCellFile(name) ? name : undefined;
        return target === undefined ? resolution : this.#resolved(target);
      });
    };
  }

  /** A project takes what stands in its folder's node_modules/@types by itself; twice the same would clash. */
  #hasNodeTypes(): boolean {
    const { getAutomaticTypeDirectiveNames } = this.#ts;
    const host = this.#host;
    const reader = {
      fileExists: host.fileExists.bind(host),
      readFile: host.readFile.bind(host),
      directoryExists: host.directoryExists?.bind(host),
      getDirectories: host.getDirectories?.bind(host),
      getCurrentDirectory: host.getCurrentDirectory.bind(host),
    } as TypeScript.ModuleResolutionHost;
    return getAutomaticTypeDirectiveNames(host.getCompilationSettings(), reader).includes("node");
  }

  #resolved(fileName: string): TypeScript.ResolvedModuleWithFailedLookupLocations {
    const { Extension } = this.#ts;
    const extension = fileName.endsWith(".d.ts") ? Extension.Dts : Extension.Ts;
    return { resolvedModule: { resolvedFileName: fileName, extension } };
  }

  #suffixOf(fileName: string): string | undefined {
    const cell = readCellFile(fileName);
    if (!cell) return undefined;
    const cells = this.#cellsOf(cell.notebook);
    const index = cells.findIndex((known) => known.fileName === fileName);
    return index < 0 ? undefined : cellSuffix(cells, index);
  }

  #cellsOf(notebook: string): KnownCell[] {
    const found = this.#namesOf().flatMap((fileName) => {
      const cell = readCellFile(fileName);
      return cell?.notebook === notebook ? [{ fileName, place: this.#order.get(cell.mark) }] : [];
    });
    // Cells that the extension has not told yet stay behind, in the order in which they were opened.
    found.sort((a, b) => (a.place ?? Number.MAX_VALUE) - (b.place ?? Number.MAX_VALUE));
    return found.map(({ fileName }) => ({ fileName, declared: this.#declaredIn(fileName) }));
  }

  #declaredIn(fileName: string): DeclaredNames {
    const snapshot = this.#snapshotOf(fileName);
    const text = snapshot?.getText(0, snapshot.getLength()) ?? "";
    const known = this.#declared.get(fileName);
    if (known?.text === text) return known.declared;
    const declared = declaredNames(this.#ts, text);
    this.#declared.set(fileName, { text, declared });
    return declared;
  }
}
