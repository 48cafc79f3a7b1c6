import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { useOwnCacheFolder } from "../../../../test/support/models.ts";
import { pythonWithNumpy, skipPython } from "../../../../test/support/python.ts";
import { Clip } from "../../audio/clip.ts";
import { childProcesses } from "../../foundation/childHost.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { load } from "../load.ts";
import { unloadModels } from "../unloadModels.ts";
import { PythonHost, pythonHosts } from "./pythonHost.ts";

const BANDS = join(packageRoot, "test/fixtures/towers/bands.py");
const SOURCE = `python:${BANDS}`;

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
let folder: string;
const before = process.env.MULAN_PYTHON;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
  folder = await mkdtemp(join(tmpdir(), "mulan-tower-"));
  if (pythonWithNumpy) process.env.MULAN_PYTHON = pythonWithNumpy;
});
afterAll(async () => {
  if (before === undefined) delete process.env.MULAN_PYTHON;
  else process.env.MULAN_PYTHON = before;
  await rm(folder, { recursive: true, force: true });
  await ownCache[Symbol.asyncDispose]();
});

/** A copy of the towers with something else in one place. */
async function changed(find: string, put: string): Promise<string> {
  const path = join(folder, `tower-${Math.random().toString(36).slice(2)}.py`);
  const text = await readFile(BANDS, "utf8");
  if (!text.includes(find)) throw new Error(`no ${find} in the towers`);
  await writeFile(path, text.replace(find, put));
  return `python:${path}`;
}

function tone(hz: number, sec: number): Clip {
  const samples = Float32Array.from({ length: 16_000 * sec }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / 16_000),
  );
  return Clip.fromSamples(samples, 16_000, { label: `${hz} Hz` });
}

test("a Python that does not exist is named, with how to name another", async () => {
  vi.stubEnv("MULAN_PYTHON", join(folder, "no-python"));
  await expect(load(SOURCE)).rejects.toThrow(/no such Python.*no-python.*MULAN_PYTHON/);
  vi.unstubAllEnvs();
});

test("a file that does not exist is named", async () => {
  await expect(load("python:no/tower.py")).rejects.toMatchObject({ code: "model.not-found" });
});

describe.skipIf(skipPython)("towers in a person's own Python (with numpy)", () => {
  test("embed clips at their own rate and window, and texts", async () => {
    await using model = await load(SOURCE);
    const sounds = await model.embedAudio([tone(100, 2.5), tone(3900, 1)]);
    expect(sounds.labels).toEqual(["100 Hz", "3900 Hz"]);
    expect([...sounds.windows!.startSec]).toEqual([0, 1, 1.5, 0]);
    const largest = (row: Float32Array) => row.indexOf(Math.max(...row));
    expect([largest(sounds.row(0)), largest(sounds.row(1))]).toEqual([0, 7]);
    const texts = await model.embedText(["low bass", "high", "low bass"]);
    expect(texts.labels).toEqual(["low bass", "high", "low bass"]);
    expect(texts.row(0)[0]).toBeGreaterThan(texts.row(0)[5]!);
  });

  test.each([
    ["zeros", [0, 1, 1.5]],
    ["repeatpad", [0, 1, 1.5]],
    ["repeat", [0, 1, 1.5]],
    ["wrap", [0, 1, 2]],
  ])("hear the windows that a folder with the padding %s has", async (padding, startSec) => {
    await using model = await load(
      await changed("window = 1.0", `window = 1.0\npadding = "${padding}"`),
    );
    const { windows } = await model.embedAudio([tone(100, 2.5)]);
    expect([...windows!.startSec]).toEqual(startSec);
  });

  test("are described as what they are", async () => {
    await using model = await load(SOURCE);
    expect(model.describe()).toMatchObject({
      name: "bands",
      dim: 8,
      temperature: 0.1,
      device: { used: "python", refused: [] },
      audio: { sampleRateHz: 8000, windowSec: 1 },
      runtimeVersion: expect.stringMatching(/^Python 3\./) as string,
    });
    expect(String(model)).toMatch(/a tokenizer of its own/);
  });

  test("may print: it comes out, and nothing breaks", async () => {
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await using model = await load(SOURCE);
    await model.embedText(["warm", "bright"]);
    await vi.waitFor(() => {
      expect(out.mock.calls.flat().join("")).toMatch(/embedding 2 texts/);
      expect(err.mock.calls.flat().join("")).toMatch(/a note on stderr/);
    });
    vi.restoreAllMocks();
  });

  test("tell their own errors with the line they come from, and go on", async () => {
    await using model = await load(SOURCE);
    const failed = model.embedText("boom");
    await expect(failed).rejects.toMatchObject({ code: "python.error" });
    await expect(failed).rejects.toThrow(
      /embed_text failed: ValueError: no such genre: boom\n.*bands\.py", line \d+, in embed_text\n\s+raise ValueError/,
    );
    expect((await model.embedText("warm")).n).toBe(1);
  });

  test("that die are started again on the next use", async () => {
    await using model = await load(SOURCE);
    await expect(model.embedText("exit")).rejects.toThrow(
      /Python of bands\.py ended with exit code 3/,
    );
    expect((await model.embedText("bright")).n).toBe(1);
  });

  test("that hang are ended by an interrupt, and the next call works", async () => {
    await using model = await load(SOURCE);
    await expect(
      model.embedText("hang", { signal: AbortSignal.timeout(200) }),
    ).rejects.toMatchObject({ name: "TimeoutError" });
    expect((await model.embedText("metal guitar")).n).toBe(1);
  });

  test("that are unloaded end, and start again on the next use; an embedding under way is not ended", async () => {
    await using model = await load(SOURCE);
    const before = (await model.embedText("warm piano", { cache: false })).row(0);
    const interrupt = new AbortController();
    const running = model.embedText("hang", { signal: interrupt.signal });
    await vi.waitFor(() => expect(pythonHosts().map(({ isIdle }) => isIdle)).toEqual([false]));
    await expect(unloadModels()).rejects.toMatchObject({ code: "model.busy" });
    interrupt.abort();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await model.embedText("bright", { cache: false });
    const { pid } = childProcesses().find(({ name }) => name === "Python of bands.py")!;
    const { freedBytes, ended } = await unloadModels();
    expect(ended).toContain("Python of bands.py");
    if (process.platform === "linux") expect(freedBytes).toBeGreaterThan(2 ** 20);
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect((await unloadModels()).ended).not.toContain("Python of bands.py");
    const again = await model.embedText("warm piano", { cache: false });
    expect(again.row(0)).toEqual(before);
    expect((await model.embedAudio([tone(100, 1)])).n).toBe(1);
  });

  test("that nobody uses for a while end by themselves, and start again on the next use", async () => {
    await using host = new PythonHost(BANDS, pythonWithNumpy, 50);
    await host.describe();
    await vi.waitFor(() => expect(host.pid).toBeUndefined(), 5000);
    expect((await host.embedText(["warm"], 8)).length).toBe(8);
  });

  test("that were disposed of are no longer unloaded", async () => {
    const model = await load(SOURCE);
    expect(pythonHosts()).toHaveLength(1);
    await model.dispose();
    expect(pythonHosts()).toEqual([]);
  });

  const log = "return np.log(bands + 1e-3) - np.log(bands + 1e-3).mean(1, keepdims=True)";
  const start = "rows = np.full((len(texts), dim), 0.05)";

  test.each<[string, string, string, RegExp]>([
    ["no embed_text", "def embed_text", "def f", /no function embed_text.*def embed_text\(texts\)/],
    ["no dim", "dim = 8\n", "n_bands = 8\n", /"dim" is missing or wrong/],
    ["a window of no length", "window = 1.0", "window = 0", /"window" is missing or wrong/],
    [
      "a fault of its own",
      "import sys",
      "import sys\nimport gone",
      /No module named 'gone'.*\n.*line 4/,
    ],
    [
      "short rows",
      log,
      "return np.ones((1, 7))",
      /embed_audio gave back another shape.*expected \[1, 8\].*got \[1, 7\]/,
    ],
    ["NaN", start, "return np.full((len(texts), dim), np.nan)", /embed_text gave back NaN/],
    [
      "one row for all texts",
      start,
      "return np.ones((len(texts), dim))",
      /all texts get nearly the same embedding/,
    ],
  ])("with %s are refused in words", async (_, find, put, message) => {
    await expect(load(await changed(find, put))).rejects.toThrow(message);
  });

  test("that end without a return are told so", async () => {
    const source = await changed(log, "bands.mean(1)");
    await expect(load(source)).rejects.toThrow(/embed_audio returned None.*without a return/);
  });

  test("may give back lists of tensors that require grad", async () => {
    const tensor = `class Tensor:
    def __init__(self, row):
        self.row = row
    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")
    def detach(self):
        return self
    float = cpu = detach
    def numpy(self):
        return self.row

`;
    const source = await changed("    return rows\n", "    return [Tensor(row) for row in rows]\n");
    const path = source.slice("python:".length);
    await writeFile(path, tensor + (await readFile(path, "utf8")));
    await using model = await load(source);
    await using plain = await load(SOURCE);
    expect((await model.embedText("warm")).data).toEqual((await plain.embedText("warm")).data);
  });

  test("may spawn processes that run functions of the file", async () => {
    const path = join(folder, "spawning.py");
    const text = await readFile(BANDS, "utf8");
    const spawning = `    with __import__("multiprocessing").get_context("spawn").Pool(1) as pool:
        rows = np.array(pool.map_async(twice, list(rows)).get(20)) / 2
    return rows
`;
    const twice = "\n\ndef twice(row):\n    return 2 * row\n";
    await writeFile(path, text.replace("    return rows\n", spawning) + twice);
    await using host = new PythonHost(path, pythonWithNumpy);
    expect((await host.embedText(["warm"], 8)).length).toBe(8);
  }, 60_000);

  test.skipIf(process.platform === "win32")(
    "outlive Ctrl-C, which is the parent's to act on, and end with a parent that left their answer unread",
    () => {
      const parent = `
import json, signal, socket, struct, subprocess, sys
ours, theirs = socket.socketpair()
host, tower = sys.argv[1:]
script = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.execv(sys.executable, [sys.executable, sys.argv[2]])"
child = subprocess.Popen([sys.executable, "-c", script, str(theirs.fileno()), host], pass_fds=(theirs.fileno(),))
theirs.close()
request = json.dumps({"id": 1, "type": "request", "value": {"op": "describe", "path": tower}}).encode()
ours.sendall(struct.pack("<II", len(request), 0) + request)
ours.recv(1, socket.MSG_PEEK)
child.send_signal(signal.SIGINT)
ours.sendall(struct.pack("<II", len(request), 0) + request)
ours.close()
try:
    print("ended with", child.wait(20))
finally:
    child.kill()
`;
      const host = join(packageRoot, "kernel/python/mulan_host.py");
      const out = execFileSync(pythonWithNumpy!, ["-c", parent, host, BANDS], { encoding: "utf8" });
      expect(out.trim()).toBe("ended with 0");
    },
    60_000,
  );

  test("say it when their Python has no numpy, without a traceback of ours", async () => {
    const bare = join(folder, "bare");
    execFileSync(pythonWithNumpy!, ["-m", "venv", "--without-pip", bare]);
    const bin = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
    vi.stubEnv("MULAN_PYTHON", join(bare, ...bin));
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await expect(load(SOURCE)).rejects.toMatchObject({ code: "python.no-numpy" });
    expect(err).not.toHaveBeenCalled();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test("leave nothing behind when they are disposed of", async () => {
    const model = await load(SOURCE);
    await model.dispose();
    await expect(model.embedText("piano")).rejects.toMatchObject({ code: "model.disposed" });
  });
});
