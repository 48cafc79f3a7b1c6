import type * as TypeScript from "typescript";

export interface DeclaredNames {
  /** What stands at the top of a cell and is known to the next one: variables, functions, classes, types, imports. */
  readonly names: readonly string[];
  /** Those of them that the cell exports itself. */
  readonly exported: ReadonlySet<string>;
}

/** Reads the names that a cell declares; text that does not parse yields what could be read. */
export function declaredNames(ts: typeof TypeScript, text: string): DeclaredNames {
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, false);
  const names = new Set<string>();
  const exported = new Set<string>();
  for (const statement of file.statements) {
    const found = namesOf(ts, statement);
    for (const name of found) names.add(name);
    if (isExported(ts, statement)) for (const name of found) exported.add(name);
  }
  return { names: [...names], exported };
}

function namesOf(ts: typeof TypeScript, statement: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => bound(ts, name));
  }
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const own = name ? [name.text] : [];
    if (!namedBindings) return own;
    if (ts.isNamespaceImport(namedBindings)) return [...own, namedBindings.name.text];
    return [...own, ...namedBindings.elements.map((element) => element.name.text)];
  }
  const declares =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  const name = declares ? statement.name : undefined;
  return name && ts.isIdentifier(name) && name.text !== "" ? [name.text] : [];
}

function bound(ts: typeof TypeScript, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return name.text === "" ? [] : [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : bound(ts, element.name),
  );
}

function isExported(ts: typeof TypeScript, statement: TypeScript.Statement): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  const modifiers = ts.getModifiers(statement) ?? [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}
