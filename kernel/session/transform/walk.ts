import type { Node } from "acorn";

export type AnyNode = Node & { readonly [key: string]: unknown };

/**
 * Visits a tree from the root down. `visit` may return false to leave a subtree out.
 * @param visit receives the node and its ancestors, the nearest last
 */
export function walk(
  root: Node,
  visit: (node: AnyNode, ancestors: readonly AnyNode[]) => boolean | undefined,
): void {
  const ancestors: AnyNode[] = [];
  const enter = (node: AnyNode) => {
    if (visit(node, ancestors) === false) return;
    ancestors.push(node);
    for (const key in node) {
      const child = node[key];
      if (Array.isArray(child)) {
        for (const item of child) if (isNode(item)) enter(item);
      } else if (isNode(child)) enter(child);
    }
    ancestors.pop();
  };
  enter(root as AnyNode);
}

export function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as { type?: unknown }).type === "string"
  );
}

export function isFunction(node: Node): boolean {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}
