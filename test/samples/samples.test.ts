import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { runCli } from "../cli/runCli.ts";

interface Output {
  readonly output_type: string;
  readonly data?: Record<string, unknown>;
}
interface Cell {
  readonly cell_type: string;
  readonly source: string[];
  readonly outputs?: Output[];
}

const samples = join(packageRoot, "samples");
const notebooks = (await readdir(samples)).filter((name) => name.endsWith(".ipynb"));
const MAX_NOTEBOOK_BYTES = 1.5e6;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-samples-"));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (path: string): Promise<{ cells: Cell[] }> =>
  JSON.parse(await readFile(path, "utf8"));

const familiesOf = (cells: readonly Cell[]) =>
  cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(({ data = {} }) => Object.keys(data))
    .flatMap((mime) => /^application\/vnd\.mulan\.([a-z]+)\./.exec(mime)?.[1] ?? []);

test.each(notebooks)("%s runs from first to last on a cold cache", async (name) => {
  const out = join(folder, name);
  const env = { MULAN_CACHE_DIR: join(folder, "cache") };
  const { code, stderr } = await runCli(["run", join(samples, name), "--out", out], { env });
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  expect((await stat(out)).size).toBeLessThan(MAX_NOTEBOOK_BYTES);

  const { cells } = await read(out);
  const bundles = cells
    .flatMap(({ outputs = [] }) => outputs)
    .flatMap(({ data }): Record<string, unknown>[] => (data ? [data] : []));
  for (const data of bundles) expect(Object.keys(data)).toContain("text/plain");
  const figures = bundles.filter((data) =>
    Object.keys(data).some((mime) => mime.includes("vnd.mulan")),
  );
  for (const figure of figures) expect(figure).toHaveProperty(["image/png"]);
  expect(familiesOf(cells)).toEqual(familiesOf((await read(join(samples, name))).cells));
  expect(JSON.stringify(cells)).not.toContain(packageRoot);
});

test("the first notebook shows every family that there is", async () => {
  const { cells } = await read(join(samples, "01-first-listen.ipynb"));
  expect(new Set(familiesOf(cells))).toEqual(
    new Set(["clip", "embeddings", "similarity", "zeroshot", "triplets", "map"]),
  );
});

test("the lessons show what evaluations and the loss draw", async () => {
  const lessons = await Promise.all(notebooks.map((name) => read(join(samples, name))));
  const shown = new Set(lessons.flatMap(({ cells }) => familiesOf(cells)));
  for (const family of ["report", "loss", "timeline"]) expect(shown).toContain(family);
});
