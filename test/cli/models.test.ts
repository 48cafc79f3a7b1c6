import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { load } from "../../kernel/mulan/index.ts";
import { sharedInference } from "../../kernel/mulan/model/inference/inference.ts";
import { ModelCopy, TINY, WAVE } from "../support/models.ts";
import { jsonLines, runCli } from "./runCli.ts";

const LAYOUTS = join(packageRoot, "test/fixtures/models/layouts");
let folder: string;
const before = process.env.MULAN_CACHE_DIR;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mulan-models-cli-"));
  process.env.MULAN_CACHE_DIR = join(folder, "cache");
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  if (before === undefined) delete process.env.MULAN_CACHE_DIR;
  else process.env.MULAN_CACHE_DIR = before;
  await rm(folder, { recursive: true });
});

/** A folder with a fixture's graphs and tokenizer under other names, without a manifest. */
async function bare(fixture: string, names: Readonly<Record<string, string>>): Promise<string> {
  const made = await mkdtemp(join(folder, "bare-"));
  for (const [from, to] of Object.entries(names)) await cp(join(fixture, from), join(made, to));
  return made;
}

test("add shows graphs, writes a manifest of a known layout, and the model loads and is listed", async () => {
  const made = join(folder, "my-clap");
  await cp(join(LAYOUTS, "clap"), made, { recursive: true });
  const { code, stdout } = await runCli(["models", "add", made, "--name", "My CLAP"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /onnx\/audio_model\.onnx, .*\(audio\)\n {2}in {3}input_features float32 \[batch_size, 1, 1001, 64\]/,
  );
  expect(stdout).toMatch(/wrote mulan\.json for My CLAP, 24 dimensions/);
  const manifest = JSON.parse(await readFile(join(made, "mulan.json"), "utf8")) as {
    files: object;
  };
  expect(Object.keys(manifest.files)).toContain("onnx/audio_model_quantized.onnx");
  for (const precision of ["auto", "int8"] as const) {
    await using model = await load(made, { device: "cpu", precision });
    expect(model.describe().name).toBe("My CLAP");
  }
  const listed = jsonLines((await runCli(["models", "list", "--json"])).stdout);
  expect(listed.map(({ name, from }) => `${name} ${from}`)).toEqual([
    expect.stringMatching(/embedded$/) as string,
    "My CLAP added",
  ]);
  const again = await runCli(["models", "add", made]);
  expect(again.code).toBe(3);
  expect(again.stderr).toMatch(/has a manifest already.*--replace/);
});

test("what files do not say is asked for, and flags answer it", async () => {
  const names = {
    "audio.onnx": "encoder.onnx",
    "text.onnx": "words.onnx",
    "tokenizer.json": "tokenizer.json",
  };
  const made = await bare(WAVE, names);
  const asked = await runCli(["models", "add", made]);
  expect(asked.code).toBe(2);
  expect(asked.stderr).toMatch(
    /At which sample rate in Hz.*"wavs" \[batch, samples\].*--sample-rate/,
  );
  const more = await runCli(["models", "add", made, "--sample-rate", "8000"]);
  expect(more.stderr).toMatch(/How many seconds.*--window/);
  const flags = [
    "--sample-rate",
    "8000",
    "--window",
    "1",
    "--padding",
    "zeros",
    "--temperature",
    "0.1",
  ];
  expect((await runCli(["models", "add", made, ...flags, "--max-tokens", "16"])).code).toBe(0);
  await using model = await load(made, { device: "cpu" });
  expect(model.describe()).toMatchObject({
    temperature: 0.1,
    dim: 12,
    audio: { windowSec: 1, padding: "zeros" },
  });
  await using own = await load(WAVE, { device: "cpu" });
  expect([...(await model.embedText("piano")).data]).toEqual([
    ...(await own.embedText("piano")).data,
  ]);
});

test("two bare files become a model with the front end that a file describes", async () => {
  const made = await bare(TINY, {
    "audio.onnx": "a.onnx",
    "text.onnx": "t.onnx",
    "tokenizer.json": "tokenizer.json",
  });
  const { audio } = JSON.parse(await readFile(join(TINY, "mulan.json"), "utf8")) as {
    audio: { frontEnd: object };
  };
  await writeFile(join(folder, "front-end.json"), JSON.stringify(audio.frontEnd));
  const out = join(folder, "made");
  const files = ["a.onnx", "t.onnx", "tokenizer.json"].map((name) => join(made, name));
  const asked = await runCli(["models", "add", ...files]);
  expect(asked.stderr).toMatch(/hears a spectrogram.*--front-end/);
  const flags = [
    "--front-end",
    join(folder, "front-end.json"),
    "--window",
    "1",
    "--out",
    out,
    "--max-tokens",
    "16",
  ];
  const added = await runCli(["models", "add", ...files, ...flags]);
  expect(added.stderr + added.stdout).toMatch(/made: wrote mulan\.json/);
  await using model = await load(out, { device: "cpu" });
  await using own = await load(TINY, { device: "cpu" });
  expect([...(await model.embedText("piano")).data]).toEqual([
    ...(await own.embedText("piano")).data,
  ]);
  expect(model.manifest.audio.input.layout).toEqual(own.manifest.audio.input.layout);
});

test("of several graphs that could be a tower the flag names one", async () => {
  const made = join(folder, "two");
  await cp(join(LAYOUTS, "muq"), made, { recursive: true });
  await cp(join(made, "text.onnx"), join(made, "other.onnx"));
  const asked = await runCli(["models", "add", made]);
  expect(asked.stderr).toMatch(
    /Which graph is the text tower\? \(other\.onnx, text\.onnx\).*--text/,
  );
  expect((await runCli(["models", "add", made, "--text", "text.onnx"])).code).toBe(0);
});

test("a flag that names no such graph, the other tower or half a token is refused in words", async () => {
  const made = join(folder, "named-wrongly");
  await cp(join(LAYOUTS, "muq"), made, { recursive: true });
  const add = (...flags: string[]) => runCli(["models", "add", made, ...flags]);
  const typo = await add("--audio", "typo.onnx");
  expect(typo.code).toBe(3);
  expect(typo.stderr).toMatch(/expected audio\.onnx, got typo\.onnx, which is not in the folder/);
  const swapped = await add("--audio", "text.onnx", "--text", "audio.onnx");
  expect(swapped.stderr).toMatch(/is not a text tower.*got audio\.onnx \(an audio tower\)/);
  const half = await add("--max-tokens", "1.5");
  expect(half.code).toBe(2);
  expect(half.stderr).toMatch(/--max-tokens: expected a whole number, got "1\.5"/);
});

test("check prints a card with health and speed", async () => {
  const { code, stdout } = await runCli(["models", "check", TINY, "--device", "cpu"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/12 dimensions · Apache-2\.0/);
  expect(stdout).toMatch(/health {2}sound/);
  expect(stdout).toMatch(/speed {3}[\d.]+ windows\/s \(\d+ × real time\), \d+ texts\/s/);
});

test("check says what is broken and ends with 1", async () => {
  await using broken = await ModelCopy.of(TINY);
  await broken.replaceText("text-collapsed.onnx");
  const { code, stdout } = await runCli(["models", "check", broken.folder, "--device", "cpu"]);
  expect(stdout).toMatch(/BROKEN.*all texts get nearly the same embedding/);
  expect(code).toBe(1);
});

test("remove forgets an added model and leaves its files; what is not listed is said", async () => {
  const made = join(folder, "my-clap");
  const { code, stderr } = await runCli(["models", "remove", made]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/its files stay/);
  await readFile(join(made, "mulan.json"));
  const again = await runCli(["models", "remove", made]);
  expect(again.code).toBe(3);
  expect(again.stderr).toMatch(/not on the list/);
});

test("folders of the environment are listed with the models in them", async () => {
  const env = { MULAN_MODEL_FOLDERS: join(packageRoot, "test/fixtures/models") };
  const { stdout } = await runCli(["models", "list"], { env });
  expect(stdout).toMatch(/fixtures\/models\/tiny\t.*\tfolder\t0\.0 MB/);
});
