import type { Node, Program } from "acorn";
import type { Reference } from "eslint-scope";
import type MagicString from "magic-string";
import { hoistedName } from "./hoistedName.ts";
import { type AnyNode, walk } from "./walk.ts";

/** Gives every reference in the list its hoisted name. Runs last, so that the mark stands next to the name. */
export function renameReferences(
  text: MagicString,
  program: Program,
  references: readonly Reference[],
): void {
  const starts = new Set(references.map(({ identifier }) => startOf(identifier)));
  const { shorthands, anonymous } = findSpecialPlaces(program, starts);
  for (const { name, value } of anonymous) {
    // A function takes its name from what it is assigned to: give it the name without the mark.
    text.appendRight(value.start, `({${name}: `);
    text.prependLeft(value.end, `}).${name}`);
  }
  const renamed = new Set<number>();
  for (const { identifier } of references) {
    const start = startOf(identifier);
    if (renamed.has(start)) continue;
    renamed.add(start);
    const { name } = identifier as { name: string };
    if (shorthands.has(start)) text.appendRight(start, `${name}: `);
    text.prependLeft(start + name.length, hoistedName(""));
  }
}

function startOf(identifier: unknown): number {
  return (identifier as Node).start;
}

interface NamedValue {
  readonly name: string;
  readonly value: Node;
}

function findSpecialPlaces(program: Program, renamed: ReadonlySet<number>) {
  const shorthands = new Set<number>();
  const anonymous: NamedValue[] = [];
  walk(program, (node) => {
    if (node.type === "Property" && node.shorthand) shorthands.add((node.key as Node).start);
    const [target, value] = assignmentOf(node);
    if (target?.type === "Identifier" && renamed.has(target.start) && value && isAnonymous(value)) {
      anonymous.push({ name: target.name as string, value });
    }
    return undefined;
  });
  return { shorthands, anonymous };
}

function assignmentOf(node: AnyNode): [AnyNode | undefined, AnyNode | undefined] {
  if (node.type === "VariableDeclarator") return [node.id as AnyNode, node.init as AnyNode];
  if (node.type === "AssignmentPattern") return [node.left as AnyNode, node.right as AnyNode];
  if (node.type === "AssignmentExpression" && NAMING.has(node.operator as string)) {
    return [node.left as AnyNode, node.right as AnyNode];
  }
  return [undefined, undefined];
}

const NAMING = new Set(["=", "||=", "&&=", "??="]);

function isAnonymous(node: AnyNode): boolean {
  if (node.type === "ArrowFunctionExpression") return true;
  return (node.type === "FunctionExpression" || node.type === "ClassExpression") && !node.id;
}
