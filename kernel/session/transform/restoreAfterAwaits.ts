import type { Node, Program } from "acorn";
import type MagicString from "magic-string";
import { RUNTIME } from "./hoistedName.ts";
import { type AnyNode, isFunction, walk } from "./walk.ts";

/**
 * After an await, other code may have run: each one brings back the cell that the code before it
 * belonged to, so that output goes there. (Node's own means for that, AsyncLocalStorage and
 * async_hooks, abort the process when a running cell is interrupted.)
 */
export function restoreAfterAwaits(text: MagicString, program: Program): void {
  walk(program, (node, ancestors) => {
    if (node.type === "AwaitExpression") restoreAfterAwait(text, node);
    else if (node.type === "ForOfStatement" && node.await) restoreInLoop(text, node, ancestors);
    else if (node.type === "TryStatement") restoreInTry(text, node, ancestors);
    return undefined;
  });
}

function restoreAfterAwait(text: MagicString, node: AnyNode): void {
  text.appendRight(node.start, `${RUNTIME}.back(${RUNTIME}.here(), `);
  // The gate stops a cell that was interrupted and caught that; it adds no turn to a cell that was not.
  text.appendRight((node.argument as Node).start, `${RUNTIME}.gate(`);
  text.prependLeft(node.end, "))");
}

function restoreInLoop(text: MagicString, node: AnyNode, ancestors: readonly AnyNode[]): void {
  const saved = rememberAround(text, node, ancestors);
  const body = node.body as Node;
  text.appendRight(body.start, `{ ${RUNTIME}.back(${saved}); `);
  text.prependLeft(body.end, " }");
}

function restoreInTry(text: MagicString, node: AnyNode, ancestors: readonly AnyNode[]): void {
  const handler = node.handler as AnyNode | null;
  const finalizer = node.finalizer as Node | null;
  const restore = awaits(node) ? `${RUNTIME}.back(${rememberAround(text, node, ancestors)}); ` : "";
  if (handler) {
    const param = handler.param as AnyNode | null;
    const tidy = param?.type === "Identifier" ? `${RUNTIME}.tidy(${param.name}); ` : "";
    if (restore || tidy) text.appendLeft((handler.body as Node).start + 1, ` ${restore}${tidy}`);
  }
  if (finalizer && restore) text.appendLeft(finalizer.start + 1, ` ${restore}`);
}

/** Puts a block that knows the present cell around a statement and its labels. Answers the variable's name. */
function rememberAround(text: MagicString, node: Node, ancestors: readonly AnyNode[]): string {
  let outermost: Node = node;
  for (const ancestor of ancestors.toReversed()) {
    if (ancestor.type !== "LabeledStatement") break;
    outermost = ancestor;
  }
  const saved = `${RUNTIME}${node.start}`;
  text.appendRight(outermost.start, `{ const ${saved} = ${RUNTIME}.here(); `);
  text.prependLeft(outermost.end, ` ${RUNTIME}.back(${saved}); }`);
  return saved;
}

function awaits(root: Node): boolean {
  let found = false;
  walk(root, (node) => {
    if (found || (node !== root && isFunction(node))) return false;
    found =
      node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true);
    return !found;
  });
  return found;
}
