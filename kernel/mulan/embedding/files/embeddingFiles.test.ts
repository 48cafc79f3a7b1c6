import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { Embeddings } from "../embeddings.ts";
import { holdsBothParts, loadEmbeddings, loadNames, saveEmbeddings } from "./embeddingFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "mulan-embeddings-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fixture = (name: string) => join(packageRoot, "test", "fixtures", "embeddings", name);

/** The rows that test/reference/embedding_files.py printed. */
const WRITTEN_BY_PYTHON = [
  [
    0.0011400667813162518, 0.27686780782915477, -0.2540621951716055, -0.8253720277253406,
    -0.42137433959456677,
  ],
  [
    -0.5369741683926385, 0.03256761275090808, 0.7257232562577184, -0.26652861812995343,
    -0.33598563082842225,
  ],
  [
    0.438997742127722, 0.3198430814948415, 0.09447252901352754, -0.8338879248820382,
    -0.026215560729510597,
  ],
];
const LABELS = ["piano", "夜の海 🌊", "Ça ira"];
const NUMBERS = ["0", "1", "2"];
/** The first two are one number in float64. */
const IDS = ["9007199254740992", "9007199254740993", "7"];

const clips = Embeddings.from({
  data: WRITTEN_BY_PYTHON,
  labels: LABELS,
  sources: [
    { label: "piano", path: "audio/piano.flac", startSec: 2.5, durationSec: 10 },
    "somewhere.wav",
    undefined,
  ],
  modality: "audio",
  modelId: "mulan-mini",
  windows: {
    data: Float32Array.from({ length: 20 }, (_, i) => Math.fround(i / 7)),
    offsets: Uint32Array.of(0, 1, 1, 4),
    startSec: Float32Array.of(0, 0, 10, 20),
    durationSec: Float32Array.of(10, 10, 10, 3.5),
  },
});

test.each([
  ["float32.npy", 1e-7, NUMBERS],
  ["float64.npy", 1e-7, NUMBERS],
  ["float16.npy", 5e-4, NUMBERS],
  ["fortran.npy", 1e-7, NUMBERS],
  ["version2.npy", 1e-7, NUMBERS],
  ["stored.npz", 1e-7, LABELS],
  ["deflated.npz", 1e-7, NUMBERS],
  ["plain.safetensors", 1e-7, NUMBERS],
  ["float16.safetensors", 5e-4, NUMBERS],
  ["bfloat16.safetensors", 4e-3, NUMBERS],
  ["pandas.parquet", 1e-7, LABELS],
  ["zstd-float64.parquet", 1e-7, LABELS],
  ["fixed-size.parquet", 1e-7, LABELS],
  ["float16-ids.parquet", 5e-4, IDS],
  ["byte-ids.npz", 1e-7, ["a", "bc", "ü"]],
  ["ids.safetensors", 1e-7, IDS],
])("%s as Python wrote it is read to %d", async (name, tolerance, labels) => {
  const loaded = await loadEmbeddings(fixture(name));
  expect([loaded.n, loaded.dim, loaded.labels]).toEqual([3, 5, labels]);
  const errors = WRITTEN_BY_PYTHON.flat().map((value, i) => Math.abs(loaded.data[i]! - value));
  expect(Math.max(...errors)).toBeLessThan(tolerance);
});

test("rows without a column or array of names are not labelled, and stay so when some are picked", async () => {
  const [bare, ids] = await Promise.all(
    ["float32.npy", "deflated.npz"].map((name) => loadEmbeddings(fixture(name))),
  );
  expect([bare!.labelled, bare!.slice(1).labelled, bare!.concat(ids!).labelled]).toEqual([
    false,
    false,
    false,
  ]);
  expect([ids!.labelled, ids!.slice(1).labelled]).toEqual([true, true]);
});

test("of a file with sounds and texts each part is had by its name, the sounds with the ids", async () => {
  const path = fixture("both-parts.npz");
  expect(await holdsBothParts(path)).toBe(true);
  expect(await holdsBothParts(fixture("stored.npz"))).toBe(false);
  expect((await loadEmbeddings(path, "audio")).labels).toEqual(IDS);
  expect((await loadEmbeddings(path, "text")).labels).toEqual(LABELS.slice(0, 2));
});

test("an .npy of numbers is a list of names, in all their digits", async () => {
  expect(await loadNames(fixture("ids.npy"))).toEqual(IDS);
});

test("a column called embedding that holds other numbers is refused by its type", async () => {
  await expect(loadEmbeddings(fixture("whole-numbers.parquet"))).rejects.toThrow(
    /column "embedding" holds no embeddings \(expected lists of float16, float32 or float64, got lists of INT32/,
  );
});

test("a single vector is one row", async () => {
  expect((await loadEmbeddings(fixture("one-vector.npy"))).n).toBe(1);
});

test("rounded rows are scaled to length 1 and the file's lengths remembered", async () => {
  const { normsBefore } = await loadEmbeddings(fixture("bfloat16.safetensors"));
  expect(normsBefore!.min).toBeGreaterThan(0.99);
  expect(normsBefore!.max).toBeLessThan(1.01);
});

test.each([
  ["pickled.npy", "embedding-file.type", /pickled\.npy.*\|O.*\.astype\(str\)/],
  ["three-axes.npy", "embedding-file.no-matrix", /<f4 of shape \[1, 3, 5\]/],
  ["two-matrices.npz", "embedding-file.ambiguous", /audio <f4 \[3, 5\]; text <f4 \[3, 5\]/],
  ["two-tensors.safetensors", "embedding-file.ambiguous", /audio F32 \[3, 5\]; text F32 \[3, 5\]/],
  ["two-lists.parquet", "embedding-file.ambiguous", /vector \(list of numbers\), other \(list/],
])("%s is refused with what was found", async (name, code, message) => {
  const error = await loadEmbeddings(fixture(name)).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toMatch(message);
});

test.each([".npz", ".safetensors"])("%s brings everything back", async (suffix) => {
  const path = join(folder, `all${suffix}`);
  await saveEmbeddings(clips, path);
  const loaded = await loadEmbeddings(path);
  expect({ ...loaded }).toEqual({ ...clips, normsBefore: undefined });
});

test(".parquet brings everything but windows back", async () => {
  const path = join(folder, "all.parquet");
  await saveEmbeddings(clips, path);
  expect({ ...(await loadEmbeddings(path)) }).toEqual({ ...clips, windows: undefined });
});

test(".npy brings the matrix back, bit for bit", async () => {
  const path = join(folder, "new folder", "all.npy");
  await saveEmbeddings(clips, path);
  expect((await loadEmbeddings(path)).data).toEqual(clips.data);
});

test.each([".npy", ".npz", ".safetensors", ".parquet"])("no rows survive %s", async (suffix) => {
  const path = join(folder, `none${suffix}`);
  await saveEmbeddings(clips.slice(9), path);
  expect(await loadEmbeddings(path)).toMatchObject({ n: 0, dim: 5 });
});

test("texts keep their texts", async () => {
  const texts = Embeddings.from({
    data: [[1, 0]],
    labels: ["calm"],
    sources: ["calm piano at night"],
    modality: "text",
  });
  const path = join(folder, "texts.parquet");
  await saveEmbeddings(texts, path);
  expect((await loadEmbeddings(path)).sources).toEqual(["calm piano at night"]);
});

test("equal embeddings make equal files and leave nothing unfinished behind", async () => {
  for (const name of ["a.npz", "b.npz"]) await saveEmbeddings(clips, join(folder, name));
  expect(readFileSync(join(folder, "a.npz"))).toEqual(readFileSync(join(folder, "b.npz")));
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a wide table of vectors comes back whole", async () => {
  const data = Float32Array.from({ length: 3000 * 64 }, (_, i) => Math.sin(i * i));
  const many = Embeddings.from({ data, dim: 64 });
  const path = join(folder, "wide.parquet");
  await saveEmbeddings(many, path);
  expect((await loadEmbeddings(path)).data).toEqual(many.data);
});

test.each([
  ["float32.npy", /cut off/],
  ["stored.npz", /Write it again/],
  ["plain.safetensors", /cut off/],
  ["pandas.parquet", /Write it again/],
])("a cut-off %s is a clear error", async (name, message) => {
  const path = join(folder, `cut-${name}`);
  const whole = readFileSync(fixture(name));
  writeFileSync(path, whole.subarray(0, whole.length - 12));
  const error = await loadEmbeddings(path).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "embedding-file.invalid" });
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message).toContain(path);
});

test.each([".npy", ".npz", ".safetensors", ".parquet"])(
  "text called %s is an error",
  async (suffix) => {
    const path = join(folder, `text${suffix}`);
    writeFileSync(path, "not an array, whatever its name says");
    await expect(loadEmbeddings(path)).rejects.toMatchObject({ code: "embedding-file.invalid" });
  },
);

test("a missing file and an unknown suffix are named", async () => {
  await expect(loadEmbeddings(join(folder, "absent.npy"))).rejects.toThrow(/no such file/);
  await expect(saveEmbeddings(clips, join(folder, "x.csv"))).rejects.toThrow(
    /\.npy, \.npz, .*got \.csv/,
  );
});

test("a zero row in a file names file and row", async () => {
  const path = join(folder, "zero.npy");
  await saveEmbeddings(clips, path);
  const bytes = readFileSync(path);
  bytes.fill(0, bytes.length - 20);
  writeFileSync(path, bytes);
  await expect(loadEmbeddings(path)).rejects.toThrow(/zero\.npy: row 2 "2" is all zeros/);
});
