import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./runCli.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-run-"));
});
afterAll(() => rm(folder, { recursive: true }));

const kernelspec = { name: "mulan", display_name: "MuLan", language: "typescript" };

async function notebook(name: string, cells: (string | [source: string, tag: string])[]) {
  const path = join(folder, name);
  const content = cells.map((cell) => {
    const [source, tag] = typeof cell === "string" ? [cell] : cell;
    return {
      cell_type: "code",
      metadata: tag ? { tags: [tag] } : {},
      source,
      outputs: [],
      execution_count: null,
    };
  });
  await writeFile(
    path,
    JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: content }),
  );
  return path;
}

const read = async (path: string) => JSON.parse(await readFile(path, "utf8"));

test("parameters reach the cells, outputs are written to --out and the input stays", async () => {
  const path = await notebook("p.ipynb", [
    ["let n = 1", "parameters"],
    "console.log('n is', n)",
    "n * 2",
  ]);
  const before = await readFile(path, "utf8");
  const out = join(folder, "out.ipynb");
  const { code, stdout } = await runCli(["run", path, "--out", out, "-p", "n=21"]);
  expect(code).toBe(0);
  expect(stdout).toContain(out);
  expect(await readFile(path, "utf8")).toBe(before);
  const { cells } = await read(out);
  expect(cells[1]).toMatchObject({
    metadata: { tags: ["injected-parameters"] },
    execution_count: 2,
  });
  expect(cells[2].outputs[0]).toMatchObject({ output_type: "stream", name: "stdout" });
  expect(cells[2].outputs[0].text.join("")).toContain("n is");
  expect(cells[3].outputs[0].data["text/plain"].join("")).toContain("42");
});

test("the folder of --out is made, and one that cannot be is refused before any cell runs", async () => {
  const path = await notebook("o.ipynb", ["console.error('it ran')"]);
  const out = join(folder, "not", "yet", "out.ipynb");
  expect((await runCli(["run", path, "--out", out])).code).toBe(0);
  expect((await read(out)).cells).toHaveLength(1);
  const refused = await runCli(["run", path, "--out", join(path, "out.ipynb")]);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/cannot be written/);
  expect(refused.stderr).not.toContain("[1/1]");
});

test("a failing cell ends the run with exit code 1 and keeps what came before", async () => {
  const path = await notebook("f.ipynb", ["1 + 1", "\nnull.x", "3"]);
  const { code, stderr } = await runCli(["run", path]);
  expect(code).toBe(1);
  expect(stderr.trim().split("\n").at(-1)).toMatch(
    /cell 2 failed: TypeError.*\(line 2, column \d+\)/,
  );
  const { cells } = await read(path);
  expect(cells[0].outputs).toHaveLength(1);
  expect(cells[1].outputs[0]).toMatchObject({ output_type: "error", ename: "TypeError" });
  expect(cells[2]).toMatchObject({ outputs: [], execution_count: null });
});

test("an error that comes after its cell's end is told in the end, and the cells behind it run", async () => {
  const late = "Promise.reject(new Error('nobody waits')); 1";
  for (const cells of [
    [late, "2"],
    ["2", late],
  ]) {
    const path = await notebook("late.ipynb", cells);
    const { code, stderr } = await runCli(["run", path]);
    expect(stderr).toContain(`cell ${cells.indexOf(late) + 1} failed: Error: nobody waits (line 1`);
    expect(code).toBe(1);
    const ran = (await read(path)).cells.map(
      (cell: { execution_count: number }) => cell.execution_count,
    );
    expect(ran).toEqual([1, 2]);
  }
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s writes the cells that are done and ends with %i", async (signal, expected) => {
  const path = await notebook("ended.ipynb", ["6 * 7", "await new Promise(() => {})", "3"]);
  const { code } = await runCli(["run", path], {
    onStderr: (text, child) => text.includes("[2/3]") && child.kill(signal),
  });
  expect(code).toBe(expected);
  const { cells } = await read(path);
  expect(cells[0].outputs).toHaveLength(1);
  expect(cells[2]).toMatchObject({ outputs: [], execution_count: null });
});

test("--store-audio puts the sound of shown clips into the notebook, and refuses what is no time", async () => {
  const path = await notebook("sound.ipynb", [
    'const clip = mulan.Clip.fromSamples(new Float32Array(24000).fill(0.25), 8000, { label: "dc" }); await display(clip); clip',
  ]);
  const sounds = async () => {
    const { cells } = await read(path);
    return cells[0].outputs.map(
      (output: { data: Record<string, { sound?: { durationSec: number; flac: string } }> }) =>
        output.data["application/vnd.mulan.clip.v1+json"]!.sound,
    );
  };
  expect((await runCli(["run", path])).code).toBe(0);
  expect(await sounds()).toEqual([undefined, undefined]);
  expect((await runCli(["run", path, "--store-audio", "2"])).code).toBe(0);
  const stored = { durationSec: 2, flac: expect.stringMatching(/^ZkxhQ/) };
  expect(await sounds()).toEqual([stored, stored]);
  expect((await runCli(["run", path, "--store-audio"])).code).toBe(0);
  expect((await sounds())[0]).toMatchObject({ durationSec: 3 });
  const { code, stderr } = await runCli(["run", path, "--store-audio", "long"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("expected seconds above 0")]);
});

test("a cell that ends the engine's process is told with its reason", async () => {
  const path = await notebook("x.ipynb", ["process.exit(3)"]);
  const { code, stderr } = await runCli(["run", path]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/cell 1 failed.*exit/i);
});

test.each([
  ["text.ipynb", "hello", /not JSON/],
  ["old.ipynb", '{"nbformat":3,"nbformat_minor":0,"metadata":{},"worksheets":[]}', /nbformat 3/],
  [
    "bare.ipynb",
    '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}',
    /no kernelspec.*--any-kernel/,
  ],
])("%s is refused before anything runs", async (name, text, message) => {
  const path = join(folder, name);
  await writeFile(path, text);
  const { code, stderr } = await runCli(["run", path]);
  expect(code).toBe(3);
  expect(stderr).toMatch(message);
  expect(await readFile(path, "utf8")).toBe(text);
});
