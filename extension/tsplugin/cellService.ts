import type * as TypeScript from "typescript";
import { readCellFile } from "./cellFiles.ts";
import { insideCells, type LengthOf } from "./insideCells.ts";

type Service = TypeScript.LanguageService;

/** Asked about a file, answered with places. */
const PLACED = [
  "getDefinitionAtPosition",
  "getDefinitionAndBoundSpan",
  "getTypeDefinitionAtPosition",
  "getImplementationAtPosition",
  "getReferencesAtPosition",
  "findReferences",
  "findRenameLocations",
  "getDocumentHighlights",
  "getNavigationTree",
  "getOutliningSpans",
  "getQuickInfoAtPosition",
  "getSignatureHelpItems",
  "getSmartSelectionRange",
] as const satisfies readonly (keyof Service)[];

const DIAGNOSTICS = [
  "getSyntacticDiagnostics",
  "getSemanticDiagnostics",
  "getSuggestionDiagnostics",
] as const satisfies readonly (keyof Service)[];

/** The same service; of cells it says only what concerns their own text. */
export function cellService(service: Service, lengthOf: LengthOf): Service {
  const wrapped: Service = { ...service };
  for (const name of PLACED)
    replace(wrapped, name, (answer, file) => insideCells(answer, file, lengthOf));
  for (const name of DIAGNOSTICS) {
    replace(wrapped, name, (answer, file) => {
      const limit = lengthOf(file);
      if (limit === undefined) return answer;
      return (answer as TypeScript.Diagnostic[]).filter(
        ({ start = 0 }) => start < limit || limit === 0,
      );
    });
  }
  replace(wrapped, "getCompletionsAtPosition", (answer) => withoutCellImports(answer));
  // It would sort the added imports in.
  wrapped.organizeImports = (scope, ...rest) =>
    readCellFile(scope.fileName) ? [] : service.organizeImports(scope, ...rest);
  return wrapped;
}

/** Names of other cells are there without an import. */
function withoutCellImports(answer: unknown): unknown {
  const info = answer as TypeScript.CompletionInfo | undefined;
  if (!info) return info;
  const entries = info.entries.filter(({ source }) => !source || !readCellFile(source));
  return { ...info, entries };
}

function replace(
  service: Service,
  name: keyof Service,
  change: (answer: unknown, fileName: string) => unknown,
): void {
  const table = service as unknown as Record<string, (...given: unknown[]) => unknown>;
  const original = table[name];
  if (!original) return;
  table[name] = (...given) => {
    const answer = original(...given);
    const [fileName] = given;
    if (typeof fileName !== "string" || !readCellFile(fileName)) return answer;
    return change(answer, fileName);
  };
}
