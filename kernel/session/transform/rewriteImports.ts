import type { ImportDeclaration, Node, Program } from "acorn";
import type MagicString from "magic-string";
import { hoistedName, RUNTIME } from "./hoistedName.ts";
import { walk } from "./walk.ts";

/**
 * Static imports become awaited calls of the engine, ahead of the cell's statements.
 * @param usedAsTypesOnly names that may be missing from their module: only types refer to them
 */
export function rewriteStaticImports(
  text: MagicString,
  imports: readonly ImportDeclaration[],
  usedAsTypesOnly: ReadonlySet<string>,
): void {
  for (const node of imports) {
    const source = JSON.stringify(node.source.value);
    const wanted: { exported: string; local: string; optional: boolean }[] = [];
    let namespace: string | undefined;
    for (const specifier of node.specifiers) {
      const local = specifier.local.name;
      if (specifier.type === "ImportNamespaceSpecifier") namespace = local;
      else {
        const exported =
          specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
        wanted.push({ exported, local, optional: usedAsTypesOnly.has(local) });
      }
    }
    const names = wanted.map(({ exported, optional }) => [exported, optional]);
    const call = `${RUNTIME}.importNames(${source}, ${attributesOf(node)}, ${JSON.stringify(names)})`;
    const targets = wanted.map(
      ({ exported, local }) =>
        `${hoistedName(local)} = imported\u200c\u200c[${JSON.stringify(exported)}];`,
    );
    if (namespace) targets.push(`${hoistedName(namespace)} = imported\u200c\u200c;`);
    const awaited = `${RUNTIME}.back(${RUNTIME}.here(), await ${call})`;
    text.update(
      node.start,
      node.end,
      `{ const imported\u200c\u200c = ${awaited}; ${targets.join(" ")} }`,
    );
    text.move(node.start, node.end, 0);
  }
}

/** `import(…)` and `import.meta` belong to modules; the engine answers them for the notebook. */
export function rewriteDynamicImports(text: MagicString, program: Program): void {
  walk(program, (node) => {
    if (node.type === "ImportExpression") {
      text.update(node.start, node.start + "import".length, `${RUNTIME}.importDynamic`);
    } else if (node.type === "MetaProperty" && (node.meta as { name?: string }).name === "import") {
      text.update(node.start, node.end, `${RUNTIME}.meta`);
      return false;
    }
    return undefined;
  });
}

function attributesOf(node: ImportDeclaration): string {
  const entries = node.attributes.map(({ key, value }) => [nameOf(key), value.value]);
  return entries.length === 0 ? "undefined" : JSON.stringify(Object.fromEntries(entries));
}

function nameOf(node: Node): string {
  return node.type === "Identifier"
    ? (node as Node & { name: string }).name
    : String((node as Node & { value: unknown }).value);
}
