import type { Node, Program } from "acorn";
import type { Reference } from "eslint-scope";
import MagicString from "magic-string";
import { captureResult } from "./captureResult.ts";
import { CellSyntaxError, positionAt } from "./cellSyntaxError.ts";
import { type DeclarationKind, type Declarations, findDeclarations } from "./findDeclarations.ts";
import { guardConstants } from "./guardConstants.ts";
import { hidesResult, startsWithBrace } from "./hidesResult.ts";
import { findMergingNames, hoistDeclarations } from "./hoistDeclarations.ts";
import { hoistedName, RUNTIME } from "./hoistedName.ts";
import { lowerDecorators, lowerUsing } from "./lowerSyntax.ts";
import { parseModule } from "./parseModule.ts";
import { renameReferences } from "./renameReferences.ts";
import { restoreAfterAwaits } from "./restoreAfterAwaits.ts";
import { rewriteDynamicImports, rewriteStaticImports } from "./rewriteImports.ts";
import { SourcePositions } from "./sourcePositions.ts";
import { type Stripped, stripTypes } from "./stripTypes.ts";
import { readTopLevel } from "./topLevel.ts";
import { type AnyNode, walk } from "./walk.ts";

/** What a cell must know of the notebook that it is run in. */
export interface Surroundings {
  /** What earlier cells declared. */
  readonly known: ReadonlyMap<string, DeclarationKind>;
  readonly isGlobal: (name: string) => boolean;
}

export interface TransformedCell {
  /** A script whose value is the cell's async function; its only parameter is the engine's runtime. */
  readonly code: string;
  readonly declared: ReadonlyMap<string, DeclarationKind>;
  readonly positions: SourcePositions;
}

/** @throws CellSyntaxError for anything that is wrong with the cell before it runs */
export function transformCell(source: string, surroundings: Surroundings): TransformedCell {
  const { program, code, map, addedLines } = parseCell(source);
  const declarations = findDeclarations(program);
  guardConstants(declarations, surroundings.known, (offset) =>
    new SourcePositions([map], addedLines).original(positionAt(code, offset)),
  );

  const text = new MagicString(code);
  const { statements, imports, removed } = readTopLevel(text, program);
  if (!hidesResult(source)) captureResult(text, statements);
  hoistDeclarations(text, program, statements);
  rewriteStaticImports(text, imports, findTypeNames(source, declarations));
  rewriteDynamicImports(text, program);
  restoreAfterAwaits(text, program);
  const references = hoistedReferences(program, declarations, surroundings).filter(
    ({ identifier }) => !removed.some((node) => contains(node, identifier)),
  );
  renameReferences(text, program, references);

  const resets = findMergingNames(program).map((name) => `${hoistedName(name)} = void 0; `);
  text.prepend(`"use strict"; (async (${RUNTIME}) => { ${resets.join("")}`);
  text.append("\n})");
  const rewritten = text.toString();
  const rewrittenMap = () =>
    ({ ...text.generateMap({ hires: "boundary" }), sourceRoot: "" }) as never;
  const lowered = usesUsing(program) ? lowerUsing(rewritten) : undefined;
  return {
    code: lowered?.code ?? rewritten,
    declared: declarations.kinds,
    positions: new SourcePositions(
      [map, rewrittenMap, ...(lowered ? [lowered.map] : [])],
      addedLines,
    ),
  };
}

interface ParsedCell extends Stripped {
  readonly program: Program;
  readonly addedLines: number;
}

/** An object literal at the start would be read as a block: try it as an expression first. */
function parseCell(source: string): ParsedCell {
  if (startsWithBrace(source) && !hidesResult(source)) {
    try {
      return { ...parseText(`(\n${source}\n)`), addedLines: 1 };
    } catch {
      // It is a block.
    }
  }
  return { ...parseText(source), addedLines: 0 };
}

function parseText(source: string): Stripped & { program: Program } {
  let chosen = withFirstLine(stripTypes(source));
  try {
    return { ...chosen, program: parseModule(chosen.code) };
  } catch {
    // What oxc accepts and acorn does not are decorators.
    chosen = withFirstLine(lowerDecorators(source));
    try {
      return { ...chosen, program: parseModule(chosen.code) };
    } catch (error) {
      throw inSource(error, chosen);
    }
  }
}

/** Acorn's error, of a regular expression for one, where it is in the text that the user wrote. */
function inSource(error: unknown, { code, map }: Stripped): unknown {
  const { message, pos } = error as SyntaxError & { pos?: number };
  if (pos === undefined) return error;
  const position = new SourcePositions([map]).original(positionAt(code, pos));
  return position ? new CellSyntaxError(message.replace(/ \(\d+:\d+\)$/, ""), position) : error;
}

/** An empty line at the top, so that what is moved there has something to be moved in front of. */
function withFirstLine({ code, map }: Stripped): Stripped {
  const movedMap = () => {
    const original = map();
    return { ...original, mappings: `;${original.mappings}` };
  };
  return { code: `\n${code}`, map: movedMap };
}

/** The references to rewrite: to this cell's names, to earlier cells' and to those of cells yet to come. */
function hoistedReferences(
  program: Program,
  { own, free }: Declarations,
  { known, isGlobal }: Surroundings,
): Reference[] {
  const madeGlobal = findGlobalAssignments(program);
  const belongsToCells = ({ identifier }: Reference) => {
    const { name } = identifier as { name: string };
    return known.has(name) || !(name === "arguments" || isGlobal(name) || madeGlobal.has(name));
  };
  return [...own, ...free.filter(belongsToCells)];
}

/** Names that the cell itself puts on the global object: `globalThis.limit = 3; limit`. */
function findGlobalAssignments(program: Program): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    if (node.type !== "AssignmentExpression") return undefined;
    const { object, property, computed } = node.left as AnyNode;
    const on = (object as AnyNode | undefined)?.name;
    if (!computed && (on === "globalThis" || on === "global")) {
      names.add((property as AnyNode).name as string);
    }
    return undefined;
  });
  return names;
}

/** Imported names that the text mentions again but its code does not: they may be types. */
function findTypeNames(source: string, { kinds, own }: Declarations): Set<string> {
  const used = new Set(own.map(({ identifier }) => (identifier as { name: string }).name));
  const imported = [...kinds].filter(([name, kind]) => kind === "import" && !used.has(name));
  return new Set(imported.map(([name]) => name).filter((name) => mentions(source, name) > 1));
}

function mentions(source: string, name: string): number {
  return source.split(/[^\p{ID_Continue}$]+/u).filter((word) => word === name).length;
}

function contains(node: Node, identifier: unknown): boolean {
  const { start } = identifier as Node;
  return node.start <= start && start < node.end;
}

function usesUsing(program: Program): boolean {
  let found = false;
  walk(program, (node) => {
    if (node.type === "VariableDeclaration" && String(node.kind).includes("using")) found = true;
    return !found;
  });
  return found;
}
