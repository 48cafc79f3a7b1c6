// biome-ignore-all lint/suspicious/noTemplateCurlyInString: files are text
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What stands beside a notebook: local files of all kinds and a package. */
const files: Readonly<Record<string, string>> = {
  "helper.ts": `import type { Clip } from "mulan-notebook";
export enum Mood { Calm = 1, Wild }
export interface Options { readonly clip: Clip }
export class Counter {
  constructor(private readonly step: number) {}
  next(value: number): number { return value + this.step }
}
export function fail(): never {
  const reason: string = "on purpose";
  throw new Error(reason);
}
export default "the default";
`,
  "plain.js": `export { Mood } from "./helper";\nexport const kind = "javascript";\n`,
  "library.ts": `export { Embeddings } from "mulan-notebook";
declare global { var sideEffects: number | undefined }
globalThis.sideEffects = (globalThis.sideEffects ?? 0) + 1;
`,
  "broken.ts": "export const x: number = ;\n",
  "data.json": `{ "tempo": 120 }\n`,
  "node_modules/fixture-package/package.json": `{ "name": "fixture-package", "main": "index.cjs" }\n`,
  "node_modules/fixture-package/index.cjs": "exports.greet = (name) => `hello ${name}`;\n",
};

/** A folder for a notebook, gone again when the process ends. */
export function makeNotebookFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "notebook-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
