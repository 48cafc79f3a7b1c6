import type { DeclaredNames } from "./declaredNames.ts";

export interface KnownCell {
  readonly fileName: string;
  readonly declared: DeclaredNames;
}

/**
 * What is added behind a cell's text so that TypeScript sees a module of its own that knows the other cells:
 * exports of what it declares, imports of what others do. Behind, because imports count anywhere and every
 * position in the cell's own text stays as it is. Of a name that several cells declare, the nearest cell
 * above counts; of a name that only cells below declare, the first of those.
 */
export function cellSuffix(cells: readonly KnownCell[], index: number): string {
  const cell = cells[index];
  if (!cell) return "";
  const { names, exported } = cell.declared;
  const own = names.filter((name) => !exported.has(name));
  const taken = new Set(names);
  const nearestFirst = [...cells.slice(0, index).reverse(), ...cells.slice(index + 1)];
  const imports = nearestFirst.flatMap(({ fileName, declared }) => {
    const wanted = declared.names.filter((name) => !taken.has(name));
    for (const name of wanted) taken.add(name);
    return wanted.length > 0
      ? [`import { ${wanted.join(", ")} } from ${JSON.stringify(fileName)};`]
      : [];
  });
  // The line break ends a comment on the cell's last line; the semicolon, its last expression.
  return `\n;export { ${own.join(", ")} };\n${imports.join("\n")}\n`;
}
