import { afterAll, expect, test } from "vitest";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: makeNotebookFolder() });
afterAll(() => session[Symbol.asyncDispose]());

const AFTER_MS = 250;

async function interrupted(code: string) {
  const running = session.run(code);
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  const pressedMs = performance.now();
  session.supervisor.interrupt();
  const shown = await running;
  return { ...shown, tookMs: performance.now() - pressedMs };
}

test.each([
  ["a loop", "while (true) {}"],
  [
    "a loop that catches everything",
    "while (true) { try { while (true) {} } catch {} finally {} }",
  ],
  ["a loop after an await", "await new Promise((r) => setTimeout(r, 5)); while (true) {}"],
  [
    "a loop inside setTimeout",
    "setTimeout(() => { while (true) {} }, 5); await new Promise(() => {})",
  ],
  [
    "a loop inside setInterval",
    "setInterval(() => { while (true) {} }, 5); await new Promise(() => {})",
  ],
  [
    "a loop inside setImmediate",
    "setImmediate(() => { while (true) {} }); await new Promise(() => {})",
  ],
  [
    "a loop inside queueMicrotask",
    "queueMicrotask(() => { while (true) {} }); await new Promise(() => {})",
  ],
  ["awaits without end", "for (;;) await 0"],
  [
    "awaits without end that catch everything",
    "for (;;) { try { await new Promise((r) => setTimeout(r, 1)) } catch {} }",
  ],
  ["a promise that never settles", "await new Promise(() => {})"],
  ["a promise that never settles, as the result", "new Promise(() => {})"],
  ["a pathological regular expression", "/^(a+)+$/.test('a'.repeat(60) + 'b')"],
  [
    "a long sort",
    "const huge = Array.from({ length: 3e6 }, (_, i) => String(Math.sin(i))); for (;;) huge.slice().sort()",
  ],
  ["output without end", "for (;;) console.log('x')"],
  [
    "a value that takes forever to show",
    "({ [Symbol.for('Jupyter.display')]() { while (true) {} } })",
  ],
])("%s is interrupted and the variables stay", async (_title, code) => {
  await session.run("const kept = { value: 42 }");
  const { outcome, errors } = await interrupted(code);
  expect(outcome.status).toBe("interrupted");
  expect(errors.map(({ name }) => name)).toEqual(["Interrupted"]);
  expect((await session.run("kept.value")).result).toBe("42");
});

test("an interrupted cell's code does not go on after its next await", async () => {
  await interrupted(
    "let beats = 0; for (;;) { await new Promise((r) => setTimeout(r, 2)); beats++ }",
  );
  const { result: first } = await session.run("beats");
  await session.run("await new Promise((r) => setTimeout(r, 50))");
  expect((await session.run("beats")).result).toBe(first);
});

test("finally blocks of an interrupted cell run", async () => {
  await interrupted(
    "let tidied = false; try { for (;;) await new Promise((r) => setTimeout(r, 2)) } finally { tidied = true }",
  );
  expect((await session.run("await new Promise((r) => setTimeout(r, 20)); tidied")).result).toBe(
    "true",
  );
});

test("an interrupt while no cell runs ends a timer's loop and all timers", async () => {
  // Long enough for the cell to end before the first round: its result is shown in turns of the same thread.
  await session.run("let rounds = 0; setInterval(() => { rounds++; while (true) {} }, 150);");
  await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
  session.supervisor.interrupt();
  await new Promise((resolve) => setTimeout(resolve, 4 * AFTER_MS));
  expect((await session.run("await new Promise((r) => setTimeout(r, 50)); rounds")).result).toBe(
    "1",
  );
}, 30_000);

test("pressing many times is as good as once", async () => {
  const running = session.run(
    "const pressed = 1; while (true) { try { while (true) {} } catch {} }",
  );
  for (let i = 0; i < 12; i++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    session.supervisor.interrupt();
  }
  expect((await running).outcome.status).toBe("interrupted");
  expect((await session.run("pressed")).result).toBe("1");
});

test("interrupting an idle engine does nothing", async () => {
  session.supervisor.interrupt();
  expect(await session.run("1 + 1")).toMatchObject({ errors: [], result: "2" });
});

test("an engine that cannot answer is ended, and the next run starts another", async () => {
  const code = "require('node:child_process').execSync('sleep 30')";
  const { outcome, tookMs } = await interrupted(code);
  expect(outcome.status).toBe("crashed");
  expect(outcome.error?.message).toMatch(/did not answer an interrupt/);
  expect(tookMs).toBeLessThan(8000);
  expect((await session.run("typeof kept")).result).toBe("'undefined'");
});

test.each([0, 20, 60, 120])(
  "a cell that is interrupted %i ms after it was given to an engine that is starting does not run",
  async (afterMs) => {
    await using starting = new TestSession({ cwd: makeNotebookFolder() });
    const running = starting.run("globalThis.ran = true; await new Promise(() => {})");
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    starting.supervisor.interrupt();
    const { outcome, errors } = await running;
    expect(outcome.status).toBe("interrupted");
    expect(errors.map(({ name }) => name)).toEqual(["Interrupted"]);
    expect((await starting.run("1 + 1")).result).toBe("2");
  },
);
