import { type Program, parse } from "acorn";

/** @throws SyntaxError with acorn's `pos` */
export function parseModule(code: string): Program {
  // eslint-scope reads `range` where a parameter is a pattern.
  return parse(code, { ecmaVersion: "latest", sourceType: "module", ranges: true });
}
