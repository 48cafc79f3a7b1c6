import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtEntry, packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import {
  Embeddings,
  loadReport,
  saveEmbeddings,
  type TaggingReport,
} from "../../kernel/mulan/index.ts";
import { TINY } from "../support/models.ts";
import { wavBytes } from "../support/wavBytes.ts";
import { jsonLines, runCli } from "./runCli.ts";

const audio = join(packageRoot, "samples/audio");
let folder: string;

interface Sample {
  readonly file: string;
  readonly description: string;
  readonly instruments: readonly string[];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-eval-"));
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
  const samples = JSON.parse(await readFile(join(audio, "captions.json"), "utf8")) as Sample[];
  const rows = samples.map(({ file, instruments }) => `${file},${instruments.join(";")}`);
  await writeFile(join(folder, "tags.csv"), ["path,tags", ...rows].join("\n"));
  const captions = samples.map(({ file, description }) =>
    JSON.stringify({ path: file, caption: description }),
  );
  await writeFile(join(folder, "captions.jsonl"), captions.join("\n"));
  const sounds = Embeddings.from({
    data: [
      [1, 0],
      [0.9, 0.1],
      [0, 1],
      [0.1, 1],
    ],
    labels: ["a", "b", "c", "d"],
  });
  const texts = Embeddings.from({
    data: [
      [1, 0],
      [0, 1],
    ],
    labels: ["low", "high"],
  });
  await saveEmbeddings(sounds, join(folder, "audio.json.npz"));
  await saveEmbeddings(texts, join(folder, "text.npz"));
});
afterAll(async () => {
  delete process.env.MULAN_CACHE_DIR;
  await rm(folder, { recursive: true });
});

test("the embedded model tags the samples with their instruments, well above chance", async () => {
  const out = join(folder, "report.json");
  const data = [join(folder, "tags.csv"), "--audio", audio];
  const few = ["--labels", "drums,piano,acoustic guitar,choir", "--prompt", "the sound of {}"];
  const args = ["eval", "tagging", ...data, ...few, "--out", out, "--json"];
  const { code, stdout, stderr } = await runCli(args);
  expect(code, stderr).toBe(0);
  const [report] = jsonLines(stdout);
  expect(report).toMatchObject({
    task: "tagging",
    model: { id: expect.stringMatching(/^mulan-mini/) },
  });
  const [auc] = report!.measures as { value: number; interval: [number, number] }[];
  expect(auc!.value).toBeGreaterThan(0.8);
  expect(auc!.interval[0]).toBeGreaterThan(0.6);
  const whole = (await loadReport(out)) as TaggingReport;
  expect(whole.scores.length).toBe(20 * 4);
  expect(whole.items[0]!.source).toMatchObject({ path: join(audio, "01-nocturne-piano.flac") });
  expect(whole.labels.find(({ label }) => label === "piano")).toMatchObject({
    nPositive: 2,
    seen: true,
  });
});

test("the embedded model finds the samples by their descriptions, better than chance", async () => {
  const data = join(folder, "captions.jsonl");
  const { code, stdout, stderr } = await runCli([
    "eval",
    "retrieval",
    data,
    "--audio",
    audio,
    "--json",
  ]);
  expect(code, stderr).toBe(0);
  const { measures } = jsonLines(stdout)[0] as {
    measures: { name: string; value: number; interval: number[]; chance: number }[];
  };
  const recall = measures.find(({ name }) => name === "recallAt5")!;
  expect(recall.chance).toBeCloseTo(0.25, 6);
  expect(recall.interval[0]).toBeGreaterThan(recall.chance);
});

test("two models become one table, and a table file", async () => {
  const out = join(folder, "table.csv");
  const data = [join(folder, "tags.csv"), "--audio", audio, "--labels", "drums,piano"];
  const models = ["--model", TINY, "--model", join(packageRoot, "models/mulan-mini")];
  const { code, stdout, stderr } = await runCli([
    "eval",
    "tagging",
    ...data,
    ...models,
    "--out",
    out,
  ]);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^Comparison of 2 \(zero-shot tagging/);
  expect(stdout).toMatch(/mulan-mini@\S+ − tiny@1, rocAuc: \+0\.\d+ \(95 %: /);
  expect((await readFile(out, "utf8")).split("\n")[0]).toMatch(
    /^model,kind,from,nSeenLabels,rocAuc,rocAucLow/,
  );
});

test("a probe without a split of the data's own draws one, the same for the same seed", async () => {
  const data = [
    join(folder, "tags.csv"),
    "--audio",
    audio,
    "--labels",
    "drums,piano,electric guitar",
  ];
  const args = ["eval", "probe", ...data, "--model", TINY, "--seed", "5", "--json"];
  const figures = async () =>
    (jsonLines((await runCli(args)).stdout)[0] as { measures: unknown }).measures;
  expect(await figures()).toEqual(await figures());
});

test("embeddings of a file are compared with a model", async () => {
  const folders = join(folder, "by-label");
  for (const [label, name] of [
    ["low", "a"],
    ["low", "b"],
    ["high", "c"],
    ["high", "d"],
  ] as const) {
    await mkdir(join(folders, label), { recursive: true });
    await writeFile(join(folders, label, `${name}.wav`), tone(label === "low" ? 200 : 2000, 1));
  }
  const embeddings = join(folder, "audio.json.npz");
  const given = ["--embeddings", embeddings, "--text-embeddings", join(folder, "text.npz")];
  const args = ["eval", "tagging", folders, ...given, "--model", TINY, "--json"];
  const { code, stdout, stderr } = await runCli(args);
  expect(code, stderr).toBe(0);
  const { rows: table } = jsonLines(stdout)[0] as {
    rows: { id: string; measures: { value: number }[] }[];
  };
  expect(table.map(({ id }) => id)).toEqual(["audio.json", "tiny@1"]);
  const { perLabel } = jsonLines(stdout)[0] as {
    perLabel: { id: string; labels: { label: string; rocAuc: number }[] }[];
  };
  expect(perLabel.map(({ id }) => id)).toEqual(["audio.json", "tiny@1"]);
  expect(perLabel[0]!.labels).toMatchObject([
    { label: expect.any(String), rocAuc: 1 },
    { rocAuc: 1 },
  ]);
  expect(table[0]!.measures[0]!.value).toBe(1);
});

test("embeddings of a file need no sound", async () => {
  const list = join(folder, "elsewhere.csv");
  await writeFile(list, "path,tags\nfar/a.mp3,low\nfar/b.mp3,low\nfar/c.mp3,high\nfar/d.mp3,high");
  const given = ["--embeddings", join(folder, "audio.json.npz")];
  const texts = ["--text-embeddings", join(folder, "text.npz")];
  const { code, stdout, stderr } = await runCli(["eval", "tagging", list, ...given, ...texts]);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/ROC-AUC \(macro\) +1\.000/);
  const asked = ["eval", "tagging", list, ...given, ...texts, "--prompt", "{} sound"];
  const live = await runCli(asked);
  expect(live.code).toBe(3);
  expect(live.stderr).toMatch(/this text has no embedding here.*live prompts are off/);
});

test("what cannot be saved is refused before the work", async () => {
  const list = join(folder, "tags.csv");
  const data = ["eval", "tagging", list, "--audio", audio, "--labels", "drums,piano"];
  // A model that is not there would be the first thing that the work misses.
  const run = (out: string) => runCli([...data, "--model", "nowhere", "--out", out]);
  const inFile = await run(join(list, "x.json"));
  expect(inFile.stderr).toMatch(/x\.json: cannot be written \(expected a file in a folder that/);
  expect(inFile.code).toBe(3);
  const isFolder = join(folder, "folder.json");
  await mkdir(isFolder);
  expect((await run(isFolder)).stderr).toMatch(/folder\.json: cannot be written .*it is a folder/);
});

test.skipIf(process.platform !== "linux")(
  "a report that cannot be saved after all has been printed, and other files are written",
  async () => {
    const list = join(folder, "far.csv");
    await writeFile(list, "path,tags\na.mp3,low\nb.mp3,low\nc.mp3,high\nd.mp3,high");
    const full = join(folder, "full.json");
    await symlink("/dev/full", full);
    const kept = join(folder, "kept.csv");
    const given = ["--embeddings", join(folder, "audio.json.npz")];
    const texts = ["--text-embeddings", join(folder, "text.npz")];
    const args = [list, ...given, ...texts, "--out", full, "--out", kept, "--json"];
    const { code, stdout, stderr } = await runCli(["eval", "tagging", ...args]);
    expect(stderr).toMatch(/ENOSPC/);
    expect(code).toBe(3);
    expect(jsonLines(stdout)[0]).toMatchObject({ task: "tagging" });
    expect(await readFile(kept, "utf8")).toMatch(/^label,/);
  },
);

test.each([
  [["tagging", "nowhere.csv"], 2, /there is no file or folder "nowhere.csv"/],
  [["tagging", "package.json"], 3, /package.json/],
  [["tagging", "README.md"], 2, /cannot be guessed: expected --format/],
  [["retrieval", "samples", "--format", "folder"], 2, /no playlists or captions/],
  [["tagging", "x_segments.csv", "--format", "audioset"], 2, /--ontology is needed/],
  [["tagging", "samples", "--out", "report.txt"], 2, /--out: expected .json, .csv or .parquet/],
  [["tagging", "samples", "--ids", "x"], 2, /--ids stands beside --embeddings/],
  [["tagging", "samples", "--seed", "-1"], 2, /--seed: expected a whole number/],
  [["triplets", "--published"], 2, /unknown option '--published'/],
  [["painting", "samples"], 2, /unknown command/],
])("mulan eval %j ends with %i and says why", async (args, expected, message) => {
  const { code, stderr } = await runCli(["eval", ...args]);
  expect(stderr).toMatch(message);
  expect(code).toBe(expected);
});

test("an interrupted run goes on where it was: what is in the cache is not embedded again", async () => {
  const sounds = join(folder, "many");
  const nFiles = 500;
  for (const label of ["low", "high"]) await mkdir(join(sounds, label), { recursive: true });
  for (let i = 0; i < nFiles; i++) {
    const label = i % 2 === 0 ? "low" : "high";
    await writeFile(join(sounds, label, `${i}.wav`), tone(100 + 10 * i, 5));
  }
  await writeFile(join(sounds, "low", "broken.wav"), "no sound");
  const env = { MULAN_CACHE_DIR: join(folder, "cache-of-interrupted") };
  const args = ["eval", "tagging", sounds, "--model", TINY, "--json"];
  const entries = join(env.MULAN_CACHE_DIR, "embeddings");

  const child = spawn(process.execPath, [builtEntry("cli"), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  while ((await filesOf(entries)).length < 40 && child.exitCode === null) await sleep(5);
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(said).toMatch(/interrupted; what was embedded is kept/);

  const kept = await inodesOf(entries);
  expect(kept.size).toBeGreaterThanOrEqual(40);
  expect(kept.size).toBeLessThan(nFiles);
  const { code, stdout, stderr } = await runCli(args, { env });
  expect(code).toBe(1);
  expect(stderr).toMatch(/1 could not be used:\n.*broken.wav/);
  expect(jsonLines(stdout)[0]).toMatchObject({ data: { n: nFiles } });
  const after = await inodesOf(entries);
  // Labels stand beside the sounds; an entry that is made again is another file.
  expect(after.size).toBeGreaterThan(nFiles);
  for (const [path, inode] of kept) expect(after.get(path)).toBe(inode);
});

function tone(frequencyHz: number, seconds: number): Buffer {
  const rateHz = 8000;
  const samples = Int16Array.from({ length: seconds * rateHz }, (_, i) =>
    Math.round(9000 * Math.sin((2 * Math.PI * frequencyHz * i) / rateHz)),
  );
  return wavBytes(new Uint8Array(samples.buffer), { sampleRateHz: rateHz });
}

async function filesOf(path: string): Promise<string[]> {
  const found = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((entry) => entry.isFile() && !entry.name.endsWith(".tmp"));
  return files.map((entry) => join(entry.parentPath, entry.name));
}

async function inodesOf(path: string): Promise<Map<string, number>> {
  const files = await filesOf(path);
  return new Map(
    await Promise.all(files.map(async (file) => [file, (await stat(file)).ino] as const)),
  );
}
