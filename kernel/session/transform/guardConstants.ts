import type { Reference } from "eslint-scope";
import { CellSyntaxError, type Position } from "./cellSyntaxError.ts";
import {
  type DeclarationKind,
  type Declarations,
  isAssignment,
  isConstant,
} from "./findDeclarations.ts";

/**
 * Assigning to a constant is refused before anything of the cell has run.
 * Hoisted names are plain variables, so V8 would not refuse it.
 * @throws CellSyntaxError
 */
export function guardConstants(
  { writesToConstants, free }: Declarations,
  known: ReadonlyMap<string, DeclarationKind>,
  locate: (offset: number) => Position | undefined,
): void {
  const inEarlierCells = free.filter(
    (reference) => isAssignment(reference) && isConstant(known.get(nameOf(reference))),
  );
  const offender = [...writesToConstants, ...inEarlierCells][0];
  if (!offender) return;
  const { start } = offender.identifier as unknown as { start: number };
  const message = `Assignment to constant variable '${nameOf(offender)}'`;
  throw new CellSyntaxError(message, locate(start) ?? { line: 1, column: 1 }, "TypeError");
}

function nameOf({ identifier }: Reference): string {
  return (identifier as { name: string }).name;
}
