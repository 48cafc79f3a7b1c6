import { afterAll, expect, test } from "vitest";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: makeNotebookFolder() });
afterAll(() => session[Symbol.asyncDispose]());

async function interruptAfter(milliseconds: number, code: string) {
  const running = session.run(code);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  session.supervisor.interrupt();
  return (await running).outcome.status;
}

test("loading a model is interrupted, and it loads afterwards", async () => {
  await session.run("const kept = 'kept'");
  expect(await interruptAfter(40, "const model = await mulan.load()")).toBe("interrupted");
  expect(
    (await session.run("const model = await mulan.load(); model.dim > 0 && kept")).result,
  ).toBe("'kept'");
});

// New texts each time: those of an earlier run would come from the embedding cache.
test("10,000 embeddings under way are interrupted, and show their progress", async () => {
  const code =
    "const texts = Array.from({ length: 10_000 }, (_, i) => 'text ' + i + ' ' + Date.now()); await model.embedText(texts)";
  const stop = session.supervisor.on((event) => {
    if (event.type !== "progress" || event.total !== 10_000) return;
    stop();
    session.supervisor.interrupt();
  });
  expect((await session.run(code)).outcome.status).toBe("interrupted");
  expect((await session.run("(await model.embedText(['again'])).n + kept")).result).toBe("'1kept'");
});

test("a crash of the inference process is the cell's error, and the next run works", async () => {
  const { outcome } = await session.run(`
    const { execFileSync } = await import("node:child_process");
    const kill = () => {
      const found = execFileSync("pgrep", ["-P", String(process.pid), "-f", "inference-process"], { encoding: "utf8" });
      process.kill(Number(found), "SIGABRT");
    };
    const others = Array.from({ length: 300 }, (_, i) => "other " + i + " " + Date.now());
    let killed = false;
    await model.embedText(others, { onProgress: () => { if (!killed) kill(); killed = true; } })`);
  expect(outcome.status).toBe("error");
  expect(outcome.error?.message).toMatch(
    /inference process ended with signal SIGABRT.*started again/,
  );
  expect((await session.run("(await model.embedText(['again'])).n + kept")).result).toBe("'1kept'");
});

test("memory is told by process, and a model that is unloaded is opened again by the cell that uses it", async () => {
  const { supervisor } = session;
  await session.run("await model.embedText(['before ' + Date.now()])");
  const names = async () => (await supervisor.live("memory", undefined)).map(({ name }) => name);
  expect(await names()).toEqual(["engine", "inference process"]);
  const { freedBytes } = await supervisor.live("unloadModels", undefined);
  if (process.platform === "linux") expect(freedBytes).toBeGreaterThan(2 ** 20);
  expect(await names()).toEqual(["engine"]);
  expect(
    (await session.run("(await model.embedText(['after ' + Date.now()])).n + kept")).result,
  ).toBe("'1kept'");
});
