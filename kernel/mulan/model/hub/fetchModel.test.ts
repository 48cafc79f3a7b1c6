import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { COMMIT, cutAfter, HubServer, refuse } from "../../../../test/support/hubServer.ts";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { externalTensor } from "../../../../test/support/protobuf.ts";
import type { Progress } from "../../foundation/ambient.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { sharedInference } from "../inference/inference.ts";
import { load } from "../load.ts";
import { maySendToken } from "../maySendToken.ts";
import { repoFolder } from "./fetchModel.ts";
import { parseHubSource } from "./hubSource.ts";

const LAYOUTS = join(packageRoot, "test/fixtures/models/layouts");
let hub: HubServer;
let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
let clap: Record<string, Buffer>;

async function filesOf(folder: string): Promise<Record<string, Buffer>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: Record<string, Buffer> = {};
  for (const entry of names.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll("\\", "/");
    found[name] = await readFile(path);
  }
  return found;
}

/** Until a download of "lab/clap" has so many bytes on the disk. */
async function partHas(nBytes: number): Promise<void> {
  const folder = repoFolder({ repo: "lab/clap" });
  await vi.waitFor(async () => {
    const names = await readdir(folder, { recursive: true });
    const parts = names.filter((name) => name.endsWith(".part"));
    const sizes = await Promise.all(
      parts.map(async (name) => (await stat(join(folder, name))).size),
    );
    expect(sizes).toContain(nBytes);
  }, 10_000);
}

beforeAll(async () => {
  clap = await filesOf(join(LAYOUTS, "clap"));
});
beforeEach(async () => {
  ownCache = await useOwnCacheFolder();
  hub = await HubServer.start({
    "lab/clap": {
      ...clap,
      "onnx/model.onnx": Buffer.alloc(5000),
      "pytorch_model.bin": Buffer.alloc(9000),
    },
    "lab/own": await filesOf(TINY),
    "lab/weights": { "model.safetensors": Buffer.alloc(10), "config.json": Buffer.from("{}") },
  });
  vi.stubEnv("HF_ENDPOINT", hub.url);
  vi.stubEnv("HF_TOKEN", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});
afterAll(() => sharedInference()[Symbol.asyncDispose]());

test("a model of the hub is downloaded once, only the files that its layout needs, and opens", async () => {
  const heard: Progress[] = [];
  const onProgress = (progress: Progress) => heard.push(progress);
  await using model = await load("hf:lab/clap", { device: "cpu", onProgress });
  expect(model.describe()).toMatchObject({ name: "lab/clap", dim: 24 });
  expect(model.id).toMatch(/^lab-clap@/);
  expect(hub.files.sort()).toEqual([
    "config.json",
    "onnx/audio_model.onnx",
    "onnx/text_model.onnx",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
  ]);
  const bytes = clap["onnx/audio_model.onnx"]!.length + clap["onnx/text_model.onnx"]!.length;
  const last = heard.filter(({ label }) => label.startsWith("downloading")).at(-1);
  const megabytes = Math.round(bytes / 1e4) / 100;
  expect(last).toMatchObject({ done: megabytes, total: megabytes });
  const nRequests = hub.files.length;
  await (await load("hf:lab/clap@main", { device: "cpu" })).dispose();
  expect(hub.files).toHaveLength(nRequests);
});

test("a precision brings its variant", async () => {
  await using model = await load("hf:lab/clap", { device: "cpu", precision: "int8" });
  expect(model.describe().audio.precision).toBe("int8");
  expect(hub.files.filter((path) => path.endsWith(".onnx"))).toEqual([
    "onnx/audio_model_quantized.onnx",
    "onnx/text_model_quantized.onnx",
  ]);
  await expect(load("hf:lab/clap", { precision: "q4" })).rejects.toThrow(/no q4 graphs/);
});

test("a model with a manifest brings what that lists", async () => {
  await using model = await load("hf:lab/own", { device: "cpu" });
  expect(model.id).toBe("tiny@1");
});

test("weights in files of their own come along, whatever they are called", async () => {
  const muq = await filesOf(join(LAYOUTS, "muq"));
  const withWeights = (graph: string, file: string) =>
    Buffer.concat([muq[graph]!, externalTensor("w9", file, 100)]);
  await using big = await HubServer.start({
    "lab/big": {
      ...muq,
      "text.onnx": withWeights("text.onnx", "text.onnx_data"),
      "text.onnx_data": Buffer.alloc(400),
      "audio.onnx": withWeights("audio.onnx", "weights of audio.bin"),
      "weights of audio.bin": Buffer.alloc(400),
      "other.bin": Buffer.alloc(400),
    },
  });
  vi.stubEnv("HF_ENDPOINT", big.url);
  await using model = await load("hf:lab/big", { device: "cpu" });
  expect(Object.keys(model.manifest.files)).toContain("weights of audio.bin");
  expect(big.files).not.toContain("other.bin");
});

test("two loads at a time do not spoil each other's files", async () => {
  const models = await Promise.all(
    ["hf:lab/clap", "hf:lab/clap"].map((source) => load(source, { device: "cpu" })),
  );
  for (const model of models) {
    expect(model.dim).toBe(24);
    await model.dispose();
  }
  const left = await readdir(repoFolder({ repo: "lab/clap" }), { recursive: true });
  expect(left.filter((name) => /\.(part|lock)$/.test(name))).toEqual([]);
});

test("half a file is continued where it broke off", async () => {
  const path = "onnx/audio_model.onnx";
  let cuts = 0;
  hub.fault = ({ url, headers }, response) => {
    if (!url?.endsWith(path) || headers.range || cuts++ > 0) return false;
    return cutAfter(clap[path]!, 70_000, response, () => partHas(70_000));
  };
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  const asked = hub.requests.filter((one) => one.path.endsWith(path));
  expect(asked.map(({ range }) => range?.replace(/\d+/, "N"))).toEqual([undefined, "bytes=N-"]);
});

test("a download that breaks off again and again is told, and a later load goes on", async () => {
  const path = "onnx/text_model.onnx";
  hub.fault = ({ url, headers }, response) => {
    if (!url?.endsWith(path)) return false;
    if (headers.range) return response.destroy() !== undefined;
    return cutAfter(clap[path]!, 50_000, response, () => partHas(50_000));
  };
  await expect(load("hf:lab/clap", { device: "cpu" })).rejects.toMatchObject({
    code: expect.stringMatching(/hub\.(interrupted|offline)/) as string,
  });
  hub.fault = undefined;
  const before = hub.requests.length;
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  const later = hub.requests.slice(before).filter((one) => one.path.endsWith(path));
  expect(later.map(({ range }) => range)).toEqual([expect.stringMatching(/^bytes=\d{2,}-$/)]);
});

test.each(["onnx/text_model.onnx", "tokenizer.json"])(
  "a file that is not the listed one is thrown away: %s",
  async (path) => {
    hub.lies.add(path);
    await expect(load("hf:lab/clap")).rejects.toThrow(/not the file that the hub lists.*hash/);
    const left = await readdir(repoFolder({ repo: "lab/clap" }), { recursive: true });
    expect(left.filter((name) => name.endsWith(".part") || name.endsWith(path))).toEqual([]);
  },
);

test("too many requests are waited for as the hub asks", async () => {
  let refusals = 0;
  hub.fault = (_, response) => refusals++ < 2 && refuse(response, 429, { "retry-after": "0" });
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  hub.fault = (_, response) => refuse(response, 429, { "retry-after": "3600" });
  await expect(load("hf:lab/own")).rejects.toThrow(/too many requests.*again in 3600 s/);
});

test("a model that wants a token says where to get one; the token goes to this machine's hub only", async () => {
  hub.fault = ({ headers }, response) =>
    headers.authorization === "Bearer secret" ? false : refuse(response, 401);
  await expect(load("hf:lab/clap")).rejects.toThrow(
    /private, gated or not there.*got 401.*HF_TOKEN/,
  );
  vi.stubEnv("HF_TOKEN", "secret");
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  expect(hub.requests.filter(({ token }) => token === "Bearer secret").length).toBeGreaterThan(6);
});

test("a redirect to another host does not carry the token", async () => {
  vi.stubEnv("HF_TOKEN", "secret");
  await using store = await HubServer.start({ "lab/clap": clap });
  hub.fault = ({ url }, response) => {
    if (!url?.includes("/resolve/")) return false;
    // Another port is another origin.
    response.writeHead(302, { location: `${store.url}${url}` });
    response.end();
    return true;
  };
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  expect(store.requests.length).toBeGreaterThan(5);
  expect(store.requests.every(({ token }) => token === undefined)).toBe(true);
});

test.each<[string, boolean]>([
  ["https://huggingface.co", true],
  ["http://localhost:8080", true],
  ["http://127.0.0.1", true],
  ["http://[::1]:80", true],
  ["http://hub.example.org", false],
  ["http://127.0.0.1.example.org", false],
])("a token may go to %s: %s", (url, may) => {
  expect(maySendToken(new URL(url))).toBe(may);
});

test("names that are not there are told apart from revisions that are not", async () => {
  await expect(load("hf:lab/nothing")).rejects.toThrow(/no such repository/);
  await expect(load("hf:lab/clap@v9")).rejects.toThrow(/no revision v9/);
  await expect(load("hf:lab/weights")).rejects.toThrow(/no \.onnx file.*python:tower\.py/);
});

test("without a network a downloaded model loads, another says what to do", async () => {
  await (await load("hf:lab/clap", { device: "cpu" })).dispose();
  await hub[Symbol.asyncDispose]();
  await using model = await load("hf:lab/clap", { device: "cpu" });
  expect(model.dim).toBe(24);
  await expect(load("hf:lab/own")).rejects.toThrow(
    /cannot be reached, and this model is not in the cache.*ECONNREFUSED.*copy the model's folder/,
  );
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  await expect(load("hf:lab/own")).rejects.toThrow(/HF_HUB_OFFLINE is set/);
  hub = await HubServer.start({});
});

test.each<[string, number, string, RegExp]>([
  ["too many requests", 429, '{"error":"slow down"}', /too many requests/],
  ["a fault of its own", 503, "", /could not answer/],
  ["that the model is private now", 401, "", /private, gated or not there/],
  ["that the model is gone", 404, "", /no such repository/],
  ["a network's login page", 200, "<!DOCTYPE html><title>Log in</title>", /not the hub.*<.*log in/],
])(
  "when the hub answers with %s a downloaded model opens, with a warning; another says it",
  async (_, status, body, message) => {
    await (await load("hf:lab/clap", { device: "cpu" })).dispose();
    hub.fault = (_, response) => {
      response.writeHead(status, { "content-type": "text/html", "retry-after": "0" });
      response.end(body);
      return true;
    };
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    await using model = await load("hf:lab/clap", { device: "cpu" });
    expect(model.dim).toBe(24);
    expect(warn.mock.calls.flat().join("")).toMatch(
      /lab\/clap: .*the files listed last time are used/,
    );
    warn.mockRestore();
    const failed = load("hf:lab/own");
    await expect(failed).rejects.toMatchObject({ name: "MulanError" });
    await expect(failed).rejects.toThrow(message);
  },
);

test("a listing cannot write outside the model's folder", async () => {
  await using evil = await HubServer.start({
    "lab/evil": {
      ...clap,
      "../../evil.json": Buffer.from("{}"),
      "onnx/../../x.onnx": Buffer.from("x"),
    },
  });
  vi.stubEnv("HF_ENDPOINT", evil.url);
  await (await load("hf:lab/evil", { device: "cpu" })).dispose();
  expect(evil.files.some((path) => path.includes("evil.json") || path.includes("x.onnx"))).toBe(
    false,
  );
});

test("a download is interrupted at once", async () => {
  const interrupt = new AbortController();
  hub.fault = ({ url }, response) => {
    if (!url?.endsWith("onnx/audio_model.onnx")) return false;
    response.writeHead(200, { "content-length": clap["onnx/audio_model.onnx"]!.length });
    // The rest never comes.
    response.write(Buffer.alloc(10), () => interrupt.abort());
    return true;
  };
  const { signal } = interrupt;
  await expect(load("hf:lab/clap", { device: "cpu", signal })).rejects.toThrow(/aborted/i);
});

test.each(["hf:owner", "hf:", "hf:../x/y", "hf:a/..", "hf:a/b@../../c"])(
  "%s names no repository",
  (source) => {
    expect(() => parseHubSource(source)).toThrow(/hf:owner\/name/);
  },
);

test("a source may name a branch, a tag or a commit", () => {
  expect(parseHubSource("hf:lab/clap")).toEqual({ repo: "lab/clap", revision: "main" });
  expect(parseHubSource(`hf:lab/clap@${COMMIT}`).revision).toBe(COMMIT);
  expect(parseHubSource("hf:lab/clap@refs/pr/1").revision).toBe("refs/pr/1");
});
