import type { Program } from "acorn";
import { analyze, type Reference, type Scope, type Variable } from "eslint-scope";

export type DeclarationKind = "const" | "let" | "var" | "function" | "class" | "import";

/** What a cell's top level declares and what its code reaches for. */
export interface Declarations {
  readonly kinds: ReadonlyMap<string, DeclarationKind>;
  /** Every place that reads or writes a name of the cell's own top level. */
  readonly own: readonly Reference[];
  /** Every place that reaches for a name that this cell does not declare. */
  readonly free: readonly Reference[];
  /** Assignments to constants that this cell declares, at whatever depth. */
  readonly writesToConstants: readonly Reference[];
}

export function findDeclarations(program: Program): Declarations {
  const manager = analyze(program as Parameters<typeof analyze>[0], {
    ecmaVersion: 2025,
    sourceType: "module",
  });
  const top = manager.scopes.find((scope) => scope.type === "module");
  const variables = top?.variables ?? [];
  return {
    kinds: new Map(variables.map((variable) => [variable.name, kindOf(variable)])),
    own: variables.flatMap((variable) => variable.references),
    free: manager.globalScope?.through ?? [],
    writesToConstants: manager.scopes.flatMap(constantWrites),
  };
}

function constantWrites(scope: Scope): Reference[] {
  return scope.variables
    .filter((variable) => isConstant(kindOf(variable)))
    .flatMap((variable) => variable.references.filter(isAssignment));
}

/** A write other than the declaration's own. */
export function isAssignment(reference: Reference): boolean {
  return reference.isWrite() && reference.init !== true;
}

export function isConstant(kind: DeclarationKind | undefined): boolean {
  return kind === "const" || kind === "import";
}

function kindOf({ defs }: Variable): DeclarationKind {
  const definition = defs.at(-1);
  if (!definition) return "var";
  if (definition.type === "FunctionName") return "function";
  if (definition.type === "ClassName") return "class";
  if (definition.type === "ImportBinding") return "import";
  const kind = (definition.parent as { kind?: string } | null)?.kind;
  if (definition.type !== "Variable" || kind === "let") return "let";
  return kind === "var" ? "var" : "const";
}
