import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { TINY } from "../support/models.ts";
import { pythonWithNumpy, skipPython } from "../support/python.ts";
import { V2Server } from "../support/v2Server.ts";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const cwd = makeNotebookFolder();
const session = new TestSession({
  cwd,
  env: { ...(pythonWithNumpy && { MULAN_PYTHON: pythonWithNumpy }) },
});

beforeAll(async () => {
  cpSync(join(packageRoot, "test/fixtures/towers/bands.py"), join(cwd, "bands.py"));
  await session.run("const kept = 'kept'");
});
afterAll(() => session[Symbol.asyncDispose]());

test.skipIf(skipPython)(
  "a Python tower prints into its cell, and its crash leaves the variables (with numpy)",
  async () => {
    const shown = await session.run(
      "const bands = await mulan.load('python:bands.py'); (await bands.embedText(['warm ' + Date.now()])).n",
    );
    expect(shown).toMatchObject({
      result: "1",
      stdout: expect.stringContaining("embedding 1 texts") as string,
    });
    const crash = await session.run("await bands.embedText('exit')");
    expect(crash.outcome.error?.message).toMatch(
      /Python of bands\.py ended with exit code 3.*started again/,
    );
    const fault = await session.run("await bands.embedText('boom')");
    expect(fault.outcome.error?.message).toMatch(/ValueError: no such genre: boom/);
    expect(
      (await session.run("(await bands.embedText(['low ' + Date.now()])).n + kept")).result,
    ).toBe("'1kept'");
  },
);

test.skipIf(skipPython)(
  "a Python tower that hangs is interrupted, and the variables stay (with numpy)",
  async () => {
    const running = session.run("await bands.embedText('hang')");
    await new Promise((resolve) => setTimeout(resolve, 500));
    session.supervisor.interrupt();
    expect((await running).outcome.status).toBe("interrupted");
    expect(
      (await session.run("(await bands.embedText(['high ' + Date.now()])).n + kept")).result,
    ).toBe("'1kept'");
  },
);

test.skipIf(skipPython)(
  "a Python tower is told with its memory, ended by Unload Model, and started by the next cell (with numpy)",
  async () => {
    const { supervisor } = session;
    const tower = async () =>
      (await supervisor.live("memory", undefined)).find(({ name }) => name.startsWith("Python"));
    await session.run("await bands.embedText(['metal ' + Date.now()])");
    const before = (await tower())!;
    expect(before.name).toBe("Python of bands.py");
    if (process.platform !== "win32") expect(before.bytes).toBeGreaterThan(2 ** 20);
    const { ended, freedBytes } = await supervisor.live("unloadModels", undefined);
    expect(ended).toEqual(["Python of bands.py"]);
    if (process.platform !== "win32") expect(freedBytes).toBeGreaterThan(2 ** 20);
    expect(await tower()).toBeUndefined();
    expect(
      (await session.run("(await bands.embedText(['soft ' + Date.now()])).n + kept")).result,
    ).toBe("'1kept'");
    expect((await tower())!.pid).not.toBe(before.pid);
  },
);

test("a server that dies in the middle is the cell's error, and the variables stay", async () => {
  const server = await V2Server.start({
    tiny_audio: join(TINY, "audio.onnx"),
    tiny_text: join(TINY, "text.onnx"),
  });
  const source = JSON.stringify({ server: server.url, model: "tiny", folder: TINY });
  await session.run(`const remote = await mulan.load(${source}); remote.dim`);
  server.fault = (path, response) => {
    if (!path.endsWith("/infer")) return false;
    response.destroy();
    return true;
  };
  const { outcome } = await session.run("await remote.embedText(['piano ' + Date.now()])");
  await server[Symbol.asyncDispose]();
  expect(outcome.error?.message).toMatch(/the server does not answer/);
  expect((await session.run("remote.dim + kept")).result).toBe("'12kept'");
});

test("a folder that holds no model is the cell's error, in words", async () => {
  const { outcome } = await session.run("await mulan.load('.')");
  expect(outcome.error?.message).toMatch(/no model that can be opened.*mulan models add/);
  expect((await session.run("kept")).result).toBe("'kept'");
});
