import type {
  ClassDeclaration,
  FunctionDeclaration,
  Node,
  Program,
  VariableDeclaration,
} from "acorn";
import type MagicString from "magic-string";
import { hoistedName, RUNTIME } from "./hoistedName.ts";
import type { TopLevelStatement } from "./topLevel.ts";
import { type AnyNode, isFunction, walk } from "./walk.ts";

/**
 * Turns the top level's declarations into assignments to hoisted names.
 * Patterns keep their names here: renameReferences gives them their marks.
 */
export function hoistDeclarations(
  text: MagicString,
  program: Program,
  statements: readonly TopLevelStatement[],
): void {
  for (const { node } of statements) {
    if (node.type === "FunctionDeclaration") hoistFunction(text, node as FunctionDeclaration);
    else if (node.type === "ClassDeclaration") assignClass(text, node as ClassDeclaration);
    else if (node.type === "VariableDeclaration") assignVariables(text, node);
  }
  const done = new Set<Node>(statements.map(({ node }) => node));
  for (const { node, parent } of nestedVars(program)) {
    if (!done.has(node)) assignVariables(text, node, parent);
  }
}

/** Functions work before their line is reached, so they go to the top. */
function hoistFunction(text: MagicString, node: FunctionDeclaration): void {
  text.appendRight(node.start, `${hoistedName(node.id.name)} = `);
  text.prependLeft(node.end, ";");
  text.move(node.start, node.end, 0);
}

function assignClass(text: MagicString, node: ClassDeclaration): void {
  text.appendRight(node.start, `${hoistedName(node.id.name)} = `);
  text.prependLeft(node.end, ";");
}

function assignVariables(text: MagicString, node: VariableDeclaration, parent?: AnyNode): void {
  const first = node.declarations[0];
  if (!first) return;
  if (isForHead(node, parent)) {
    text.remove(node.start, first.start);
    return;
  }
  if (node.kind === "using" || node.kind === "await using") {
    // The resource must be bound inside the cell's function, which disposes of it at the cell's end.
    for (const { init, start } of node.declarations) {
      if (!init) continue;
      text.appendRight(start, `${RUNTIME}${start} = (`);
      text.prependLeft(init.end, ")");
    }
    return;
  }
  text.remove(node.start, first.start);
  for (const { id, init, start, end } of node.declarations) {
    if (init) {
      // An object pattern at a statement's start would be read as a block.
      if (id.type === "ObjectPattern") {
        text.appendRight(start, "(");
        text.prependLeft(end, ")");
      }
    } else if (id.type === "Identifier") {
      const unchanged = node.kind === "var";
      text.update(id.start, id.end, unchanged ? "void 0" : `${hoistedName(id.name)} = void 0`);
    }
  }
}

/** `for (var x of …)`: a pattern alone, without a value. */
function isForHead(node: VariableDeclaration, parent: AnyNode | undefined): boolean {
  return (
    (parent?.type === "ForInStatement" || parent?.type === "ForOfStatement") && parent.left === node
  );
}

function nestedVars(program: Program): { node: VariableDeclaration; parent: AnyNode }[] {
  const found: { node: VariableDeclaration; parent: AnyNode }[] = [];
  walk(program, (node, ancestors) => {
    if (isFunction(node) || node.type === "ClassBody") return false;
    if (node.type === "VariableDeclaration" && node.kind === "var") {
      found.push({ node: node as unknown as VariableDeclaration, parent: ancestors.at(-1)! });
    }
    return undefined;
  });
  return found;
}

/** Enums and namespaces merge with a value of their name; one from an earlier cell must not be there. */
export function findMergingNames(program: Program): string[] {
  const names: string[] = [];
  for (const statement of program.body) {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "var") continue;
    for (const { id, init } of statement.declarations) {
      if (id.type === "Identifier" && init && mergesWith(init, id.name)) names.push(id.name);
    }
  }
  return names;
}

/** The shape in which compilers write enums: `var E = ((E) => …)(E || {})`. */
function mergesWith(init: Node, name: string): boolean {
  const argument = (init as AnyNode).type === "CallExpression" ? firstArgument(init) : undefined;
  if (argument?.type !== "LogicalExpression" || argument.operator !== "||") return false;
  const left = argument.left as AnyNode;
  return left.type === "Identifier" && left.name === name;
}

function firstArgument(call: Node): AnyNode | undefined {
  return ((call as AnyNode).arguments as AnyNode[])[0];
}
