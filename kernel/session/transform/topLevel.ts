import type { ImportDeclaration, Node, Program, Statement } from "acorn";
import type MagicString from "magic-string";
import { CellSyntaxError } from "./cellSyntaxError.ts";

/** A statement of the cell's top level, without the `export` that may have stood before it. */
export interface TopLevelStatement {
  readonly node: Exclude<Statement, { type: "never" }>;
}

export interface TopLevel {
  readonly statements: readonly TopLevelStatement[];
  readonly imports: readonly ImportDeclaration[];
  /** What was taken out of the text: references inside it need no rewriting. */
  readonly removed: readonly Node[];
}

/** Sorts the top level into statements and imports. A cell has nobody to export to: the keyword goes. */
export function readTopLevel(text: MagicString, program: Program): TopLevel {
  const statements: TopLevelStatement[] = [];
  const imports: ImportDeclaration[] = [];
  const removed: Node[] = [];
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      imports.push(node);
    } else if (node.type === "ExportNamedDeclaration" && node.declaration) {
      text.remove(node.start, node.declaration.start);
      statements.push({ node: node.declaration });
    } else if (node.type === "ExportDefaultDeclaration") {
      text.remove(node.start, node.declaration.start);
      statements.push({ node: asStatement(text, node.declaration) });
    } else if (node.type === "ExportNamedDeclaration" && !node.source) {
      text.remove(node.start, node.end);
      removed.push(node);
    } else if (node.type === "ExportNamedDeclaration" || node.type === "ExportAllDeclaration") {
      const message = "a cell cannot export from another module: import it instead";
      throw new CellSyntaxError(message, { line: 1, column: 1 });
    } else {
      statements.push({ node });
    }
  }
  return { statements, imports, removed };
}

function asStatement(text: MagicString, node: Node): Statement {
  const named = (node as { id?: unknown }).id;
  const declares = node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
  if (declares && named) return node as Statement;
  if (declares) {
    text.appendRight(node.start, "(");
    text.prependLeft(node.end, ");");
  }
  return {
    type: "ExpressionStatement",
    expression: node,
    start: node.start,
    end: node.end,
  } as Statement;
}
