import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtEntry } from "../../kernel/mulan/foundation/packageRoot.ts";
import { jsonLines, runCli } from "./runCli.ts";

const piano = "samples/audio/01-nocturne-piano.flac";
const metal = "samples/audio/09-heavy-metal.mp3";
const short = ["--start", "2", "--duration", "3"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-cli-"));
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
});
afterAll(async () => {
  delete process.env.MULAN_CACHE_DIR;
  await rm(folder, { recursive: true });
});

test("embed prints one unit vector for each file, its path as it was given", async () => {
  const { code, stdout } = await runCli(["embed", piano, `./${metal}`, ...short, "--json"]);
  expect(code).toBe(0);
  const lines = jsonLines(stdout);
  expect(lines.map(({ path, startSec, durationSec }) => ({ path, startSec, durationSec }))).toEqual(
    [
      { path: piano, startSec: 2, durationSec: 3 },
      { path: `./${metal}`, startSec: 2, durationSec: 3 },
    ],
  );
  for (const { embedding, model } of lines) {
    const vector = embedding as number[];
    expect(vector).toHaveLength(128);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(model).toMatch(/^mulan-mini/);
  }
});

test("a file that was cut in half is embedded, and stderr says that it was", async () => {
  const half = join(folder, "half.flac");
  const whole = await readFile(piano);
  await writeFile(half, whole.subarray(0, whole.byteLength / 2));
  const { code, stdout, stderr } = await runCli(["embed", half, "--json"]);
  expect(code).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(1);
  expect(stderr).toMatch(/mulan: warning: .*half\.flac: .+/);
});

test("tag lists every label from best to worst", async () => {
  const args = ["tag", piano, "--tags", "heavy metal, solo piano,techno", "--prompt", "{} music"];
  const { code, stdout } = await runCli([...args, ...short, "--json"]);
  expect(code).toBe(0);
  const [line] = jsonLines(stdout);
  const scores = line!.scores as { label: string; score: number }[];
  expect(line!.path).toBe(piano);
  expect(scores[0]!.label).toBe("solo piano");
  expect(scores.map(({ label }) => label).toSorted()).toEqual([
    "heavy metal",
    "solo piano",
    "techno",
  ]);
  expect(scores.map(({ score }) => score)).toEqual(
    scores.map(({ score }) => score).toSorted((a, b) => b - a),
  );
});

test("search finds the church organ among the samples", async () => {
  const { code, stdout } = await runCli([
    "search",
    "samples/audio",
    "church organ",
    "--top",
    "3",
    "--json",
  ]);
  expect(code).toBe(0);
  const hits = jsonLines(stdout);
  expect(hits.map(({ rank }) => rank)).toEqual([1, 2, 3]);
  expect(hits[0]!.path).toBe("samples/audio/11-organ-chorale.ogg");
});

test("a broken file is told on stderr in one line while the rest goes on, with exit code 1", async () => {
  const broken = join(folder, "broken.flac");
  await writeFile(broken, "this is no music");
  const { code, stdout, stderr } = await runCli(["embed", broken, piano, ...short, "--json"]);
  expect(code).toBe(1);
  expect(jsonLines(stdout).map(({ path }) => path)).toEqual([piano]);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain(broken);
});

test.each([
  [["tag", piano], 2, /--tags/],
  [["tag", piano, "--tags", "a,,b"], 2, /labels separated by commas/],
  [["embed", piano, "--start", "-1"], 2, /expected seconds/],
  [["search", "samples/audio", "x", "--top", "0"], 2, /whole number from 1/],
  [["frobnicate"], 2, /unknown command/],
  [["embed", "no-such-file.wav"], 3, /no-such-file\.wav/],
  [["embed", piano, "--model", "no-such-model"], 3, /no-such-model/],
  [["embed", piano, "--device", "cuda"], 3, /cuda/],
  [["run", "no-such.ipynb"], 3, /no such file/],
] as const)("mulan %j ends with %i and says why in one line", async (args, expected, message) => {
  const { code, stdout, stderr } = await runCli(args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
  expect(stderr).toMatch(message);
});

test.each([["--help"], ["run"], ["embed"], ["tag"], ["search"], ["doctor"], ["cuda", "install"]])(
  "--help of %s explains itself",
  async (...command) => {
    const { code, stdout } = await runCli([...command, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: mulan");
  },
);

test("doctor tells versions, devices with reasons, ffmpeg and the cache", async () => {
  const { code, stdout } = await runCli(["doctor", "--json"]);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.node).toBe(process.versions.node);
  expect(report.devices).toContainEqual(expect.objectContaining({ device: "cpu", usable: true }));
  for (const device of report.devices) {
    if (!device.usable) expect(device.reason).toMatch(/\w/);
  }
  expect(report.model).toMatchObject({
    id: expect.stringMatching(/^mulan-mini@/),
    device: { asked: "auto", summary: expect.stringMatching(/^(cpu|\w+: .*% of node time)/) },
  });
  expect(report.cache.folder).toContain("mulan");
});

test("cuda install shows size, versions and licences, and fetches nothing that nobody agreed to", async () => {
  const { code, stdout, stderr } = await runCli(["cuda", "install"]);
  expect(stdout).toMatch(/CUDA \d+\.\d+, cuDNN \d+/);
  expect(stdout).toMatch(/driver \d+ or newer/);
  expect(stdout).toMatch(/nvidia-cudnn\S* \S+ +\d+ MB +NVIDIA cuDNN licence/);
  expect(stdout).toMatch(/fetches 1\.\d+ GB, takes 2\.\d+ GB/);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/--yes/) });
  const status = await runCli(["cuda", "status"]);
  expect(status.stdout).toMatch(/not installed: mulan cuda install/);
});

test("a reader that has had enough, as head has, ends the command without a complaint", async () => {
  const child = spawn(process.execPath, [builtEntry("cli"), "run", "--help"]);
  child.stdout.destroy();
  const stderr: string[] = [];
  child.stderr.on("data", (chunk) => stderr.push(String(chunk)));
  const [code] = (await once(child, "close")) as [number];
  expect({ code, stderr: stderr.join("") }).toEqual({ code: 0, stderr: "" });
});
