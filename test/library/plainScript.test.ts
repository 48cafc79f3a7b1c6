import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtEntry, packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-script-"));
});
afterAll(() => rm(folder, { recursive: true }));

const script = `
import { load, readAudio, similarity } from ${JSON.stringify(pathToFileURL(builtEntry("index")).href)};
const model = await load();
const clips = await readAudio("samples/audio/0[12]*", { startSec: 1, durationSec: 3 });
const texts = await model.embedText(["solo piano", "string quartet"]);
const { values } = similarity(texts, await model.embedAudio(clips));
console.log(JSON.stringify([...values]));
`;

test("a plain script uses the library, ends by itself and leaves no process behind", async () => {
  const path = join(folder, "script.mjs");
  await writeFile(path, script);
  const mark = join(folder, "cache");
  const { stdout, stderr } = await run(process.execPath, [path], {
    cwd: packageRoot,
    env: { ...process.env, MULAN_CACHE_DIR: mark },
    timeout: 100_000,
  });
  expect(stderr).toBe("");
  const [pianoPiano, pianoQuartet, quartetPiano, quartetQuartet] = JSON.parse(stdout);
  expect(pianoPiano).toBeGreaterThan(pianoQuartet);
  expect(quartetQuartet).toBeGreaterThan(quartetPiano);
  if (process.platform === "linux") await expect.poll(() => processesWith(mark)).toEqual([]);
});

/** Processes that were started with this text in their environment. */
async function processesWith(text: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, "utf8").catch(() => "")),
  );
  return pids.filter((_, i) => environments[i]!.includes(text));
}
