import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "./runCli.ts";

interface Row {
  readonly encoder: string;
  readonly kind: string;
  readonly accuracy: number;
  readonly interval: readonly [number, number] | null;
  readonly n: number;
}

const LAYERED = "test/fixtures/models/sentence/layered";
const genres = ["eval", "triplets", "--classes", "genres", "--per", "2", "--resamples", "200"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-cli-triplets-"));
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
});
afterAll(async () => {
  delete process.env.MULAN_CACHE_DIR;
  await rm(folder, { recursive: true });
});

test("the embedded model stands beside MiniLM, chance and lexical overlap", async () => {
  const { code, stdout } = await runCli([...genres, "--json"]);
  expect(code).toBe(0);
  const { rows, data, differences } = JSON.parse(stdout) as {
    rows: Row[];
    data: { n: number };
    differences: { a: string; b: string }[];
  };
  expect(data.n).toBe(54);
  expect(rows.map(({ encoder, kind, n }) => [encoder, kind, n])).toEqual([
    [expect.stringMatching(/^mulan-mini@/), "measured", 54],
    ["all-MiniLM-L6-v2", "measured", 54],
    ["chance", "baseline", 54],
    ["lexical overlap", "baseline", 54],
  ]);
  for (const { accuracy, interval } of rows.slice(0, 2)) {
    expect(accuracy).toBeGreaterThan(0.7);
    expect(interval![0]).toBeLessThanOrEqual(accuracy);
    expect(interval![1]).toBeGreaterThanOrEqual(accuracy);
  }
  expect(rows[2]).toMatchObject({ accuracy: 0.5, interval: null });
  expect(differences).toHaveLength(1);
});

test("a text encoder from a folder is judged alone when it is named alone", async () => {
  const out = join(folder, "report.json");
  const { code, stdout } = await runCli([...genres, "--encoder", LAYERED, "--out", out]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Triplets: layered on music-concepts, 27 classes \(genres\)/);
  expect(stdout).toContain("lexical overlap: accuracy");
});

test("playlists serve instead of an ontology, and not beside one", async () => {
  const file = join(folder, "lists.json");
  const playlists = ["Rain", "Sun", "Fog"].map((title) => ({
    title,
    description: `Music for ${title.toLowerCase()} on the roof`,
    tracks: ["nowhere.mp3"],
  }));
  await writeFile(file, JSON.stringify({ playlists }));
  const args = ["eval", "triplets", "--playlists", file, "--encoder", "embedded", "--json"];
  const { stdout } = await runCli([...args, "--per", "2"]);
  const { rows } = JSON.parse(stdout) as { rows: Row[] };
  expect(rows[0]).toMatchObject({ encoder: "all-MiniLM-L6-v2", accuracy: 1, n: 6 });
  const both = await runCli([...args, "--classes", "genres"]);
  expect(both.code).toBe(2);
  expect(both.stderr).toContain("--playlists stands without");
});

test("a wrong choice of classes and a missing ontology are said", async () => {
  const classes = await runCli(["eval", "triplets", "--classes", "moods"]);
  expect(classes.code).toBe(2);
  const missing = await runCli(["eval", "triplets", "--ontology", join(folder, "none.json")]);
  expect(missing.code).toBe(3);
  expect(missing.stderr).toContain("none.json");
});

const real = process.env.MULAN_ONTOLOGY;
test.skipIf(!real)(
  "on the real ontology (MULAN_ONTOLOGY) both encoders are above lexical overlap",
  async () => {
    const { stdout } = await runCli(["eval", "triplets", "--ontology", real!, "--json"]);
    const { rows } = JSON.parse(stdout) as { rows: Row[] };
    const of = (name: string) => rows.find(({ encoder }) => encoder.startsWith(name))!;
    expect(rows.every(({ n }) => n === 705)).toBe(true);
    const overlap = of("lexical overlap");
    expect(of("mulan-mini").interval![0]).toBeGreaterThan(overlap.interval![1]);
    expect(of("all-MiniLM-L6-v2").interval![0]).toBeGreaterThan(overlap.interval![1]);
  },
);
