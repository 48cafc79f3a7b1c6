import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { TINY, useOwnCacheFolder } from "../../../../test/support/models.ts";
import { V2Server } from "../../../../test/support/v2Server.ts";
import { Clip } from "../../audio/clip.ts";
import type { Embeddings } from "../../embedding/embeddings.ts";
import { packageRoot } from "../../foundation/packageRoot.ts";
import { sharedInference } from "../inference/inference.ts";
import type { JointModel } from "../jointModel.ts";
import { load } from "../load.ts";

const CLAP = join(packageRoot, "test/fixtures/models/layouts/clap");
const CLAP_ONE = join(packageRoot, "test/fixtures/models/layouts/clap-one");
const TINY_GRAPHS = { tiny_audio: join(TINY, "audio.onnx"), tiny_text: join(TINY, "text.onnx") };

let ownCache: Awaited<ReturnType<typeof useOwnCacheFolder>>;
let here: JointModel;
let server: V2Server;

beforeAll(async () => {
  ownCache = await useOwnCacheFolder();
  here = await load(TINY, { device: "cpu" });
});
afterAll(async () => {
  await sharedInference()[Symbol.asyncDispose]();
  await ownCache[Symbol.asyncDispose]();
});
beforeEach(async () => {
  server = await V2Server.start(TINY_GRAPHS);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server[Symbol.asyncDispose]();
});

function tone(hz: number, sec: number): Clip {
  const samples = Float32Array.from({ length: 8000 * sec }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / 8000),
  );
  return Clip.fromSamples(samples, 8000, { label: `${hz} Hz` });
}

const CLIPS = [tone(440, 11), tone(880, 2)];
const TEXTS = ["piano", "slow warm strings", "fast techno with loud drums"];

function expectSame(a: Embeddings, b: Embeddings): void {
  expect(a.labels).toEqual(b.labels);
  const largest = a.data.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b.data[i]!)),
    0,
  );
  expect(largest).toBeLessThan(1e-5);
}

const remote = (options: object = {}) => ({
  server: server.url,
  model: "tiny",
  folder: TINY,
  ...options,
});

test.each([true, false])(
  "towers on a server embed as they do here (binary tensors: %s)",
  async (isBinary) => {
    await using own = await V2Server.start(TINY_GRAPHS, { isBinary });
    await using model = await load(remote({ server: own.url, maxBatch: 4 }));
    expectSame(await model.embedAudio(CLIPS, { cache: false }), await here.embedAudio(CLIPS));
    expectSame(await model.embedText(TEXTS, { cache: false }), await here.embedText(TEXTS));
    expect(own.answered.every((one) => one.isBinary === isBinary)).toBe(true);
    expect(Math.max(...own.answered.map(({ n }) => n))).toBe(4);
  },
);

test("a remote model says where it runs", async () => {
  await using model = await load(remote());
  expect(model.describe()).toMatchObject({
    id: "tiny@1",
    folder: server.url,
    device: { used: "server", refused: [] },
    runtimeVersion: "test-server 1.2",
  });
});

test("a folder in CLAP's layout needs no graphs here", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mulan-remote-"));
  for (const name of [
    "preprocessor_config.json",
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
  ]) {
    await cp(join(CLAP, name), join(folder, name));
  }
  await using own = await V2Server.start({ clap: join(CLAP_ONE, "model.onnx") });
  await using model = await load({ server: own.url, model: "clap", folder });
  await using local = await load(CLAP_ONE, { device: "cpu" });
  expect(model.dim).toBe(24);
  const clips = [tone(300, 3)];
  expectSame(await model.embedAudio(clips, { cache: false }), await local.embedAudio(clips));
  expectSame(await model.embedText(TEXTS, { cache: false }), await local.embedText(TEXTS));
  await rm(folder, { recursive: true });
});

test("without a folder the model's own metadata says what stands before and after it", async () => {
  await expect(load(remote({ folder: undefined }))).rejects.toThrow(
    /nothing says how the model "tiny" is used.*folder/,
  );
  server.parameters = {
    "mulan.json": JSON.parse(await readFile(join(TINY, "mulan.json"), "utf8")) as unknown,
    "tokenizer.json": await readFile(join(TINY, "tokenizer.json"), "utf8"),
  };
  await using model = await load({ server: server.url, model: "tiny" });
  expectSame(await model.embedText(TEXTS, { cache: false }), await here.embedText(TEXTS));
});

test("a server that fails for a moment is asked again, and nothing counts twice", async () => {
  await using model = await load(remote({ maxBatch: 2 }));
  let n = 0;
  server.fault = (path, response) => {
    if (!path.endsWith("/infer") || n++ % 2 > 0) return false;
    if (n % 4 === 1) {
      response.writeHead(503);
      response.end("busy");
    } else response.destroy();
    return true;
  };
  const heard: number[] = [];
  const clips = [tone(50, 3), tone(60, 2), tone(70, 1)];
  const embedded = await model.embedAudio(clips, {
    cache: false,
    onProgress: ({ done }) => heard.push(done),
  });
  expectSame(embedded, await here.embedAudio(clips));
  expect(heard).toEqual([1, 2, 3]);
});

test("an answer that comes too late is not taken for the next one's", async () => {
  await using model = await load(remote({ timeoutSec: 2 }));
  let askedAgain = () => {};
  let isFirst = true;
  server.fault = async (path) => {
    if (!path.endsWith("/infer")) return false;
    if (!isFirst) askedAgain();
    else {
      isFirst = false;
      await new Promise<void>((resolve) => {
        askedAgain = resolve;
      });
    }
    return false;
  };
  expectSame(await model.embedText(TEXTS, { cache: false }), await here.embedText(TEXTS));
});

test("a server that dies in the middle is told of, and works again when it is back", async () => {
  await using model = await load(remote({ maxBatch: 1 }));
  let left = 3;
  server.fault = (path, response) => {
    if (!path.endsWith("/infer") || left-- > 0) return false;
    response.writeHead(200, { "content-length": 5000 });
    response.write("half an answer", () => response.destroy());
    return true;
  };
  const failed = model.embedAudio(CLIPS, { cache: false });
  await expect(failed).rejects.toMatchObject({ code: "server.gone" });
  await expect(failed).rejects.toThrow(/does not answer.*4 times.*from the cache/);
  server.fault = undefined;
  expectSame(await model.embedAudio(CLIPS, { cache: false }), await here.embedAudio(CLIPS));
});

test("a call is interrupted while the server still works on it", async () => {
  await using model = await load(remote());
  const interrupt = new AbortController();
  let ended = () => {};
  server.fault = async (path) => {
    if (!path.endsWith("/infer")) return false;
    interrupt.abort();
    await new Promise<void>((resolve) => {
      ended = resolve;
    });
    return false;
  };
  const { signal } = interrupt;
  await expect(model.embedText("piano", { signal, cache: false })).rejects.toMatchObject({
    name: "AbortError",
  });
  ended();
});

test("a token from the environment goes along, to this machine", async () => {
  server.fault = (_, response) => {
    if (server.tokens.at(-1) === "Bearer secret") return false;
    response.writeHead(401);
    response.end();
    return true;
  };
  await expect(load(remote())).rejects.toThrow(/wants a token.*MULAN_SERVER_TOKEN/);
  vi.stubEnv("MULAN_SERVER_TOKEN", "secrte");
  await expect(load(remote())).rejects.toThrow(
    /refused the token.*it was sent; it may be mistyped/,
  );
  vi.stubEnv("MULAN_SERVER_TOKEN", "secret");
  await using model = await load(remote());
  expect(model.dim).toBe(12);
});

test("a server that answers with a fault of its own is quoted, not called silent", async () => {
  server.fault = (_, response) => {
    response.writeHead(500);
    response.end(JSON.stringify({ error: "CUDA out of memory" }));
    return true;
  };
  await expect(load(remote())).rejects.toThrow(
    /server answers with an error.*got 500: CUDA out of memory, 4 times.*log/,
  );
});

test.each<[string, object, string, RegExp]>([
  ["no server there", { server: "http://127.0.0.1:9" }, "server.gone", /does not answer/],
  [
    "an address with a password",
    { server: "http://bob:s3cret@localhost:8000" },
    "server.url",
    /^(?!.*s3cret).*MULAN_SERVER_TOKEN/,
  ],
  ["no address", { server: "localhost:8000" }, "server.url", /http:\/\/host:port/],
  ["no such model", { model: "huge" }, "server.no-model", /no model "huge".*huge_audio.*huge_text/],
  [
    "one tower only",
    { audioModel: "tiny_audio", textModel: "none" },
    "server.no-model",
    /got no text tower/,
  ],
  ["no such folder", { folder: "/no/such/folder" }, "model.not-found", /cannot be read.*ENOENT/],
])("%s is said in words", async (_, options, code, message) => {
  const loading = load(remote(options));
  await expect(loading).rejects.toThrow(message);
  await expect(loading).rejects.toMatchObject({ code });
});

test.each<[string, string]>([
  ["nonsense", "<html>hello</html>"],
  [
    "an output of another name",
    JSON.stringify({ outputs: [{ name: "x", datatype: "FP32", shape: [0], data: [] }] }),
  ],
  [
    "too few numbers",
    JSON.stringify({
      outputs: [{ name: "embeds", datatype: "FP32", shape: [1, 12], data: [1, 2] }],
    }),
  ],
  ["another request's answer", JSON.stringify({ id: "old", outputs: [] })],
])("a server that answers %s is not believed", async (_, body) => {
  await using model = await load(remote());
  server.fault = (path, response) => {
    if (!path.endsWith("/infer")) return false;
    response.end(body);
    return true;
  };
  await expect(model.embedText("piano", { cache: false })).rejects.toThrow(
    /answered something else/,
  );
});
