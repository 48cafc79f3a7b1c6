import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import { randomNumbers } from "../../kernel/mulan/figures/figures.testkit.ts";
import { TestSession } from "./runCells.ts";

/** Twice as many loops as processors: whoever wants to answer has to wait for its turn. */
const hogs: ChildProcess[] = [];
const session = new TestSession();
beforeAll(async () => {
  for (let i = 0; i < 2 * availableParallelism(); i++) {
    hogs.push(spawn(process.execPath, ["-e", "for (;;) {}"]));
  }
  await session.run("let kept = 7");
});
afterAll(async () => {
  for (const hog of hogs) hog.kill("SIGKILL");
  await session[Symbol.asyncDispose]();
});

const random = randomNumbers(3);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("interrupts at any moment of short cells neither hang nor lose variables", async () => {
  const cells = [
    "1 + 1",
    "for (let i = 0; i < 3e6; i++) Math.sin(i)",
    "typeof mulan.load",
    "await 0",
  ];
  for (let i = 0; i < 24; i++) {
    const running = session.run(cells[i % cells.length]!);
    await sleep(random() * 120);
    session.supervisor.interrupt();
    expect(["ok", "interrupted"]).toContain((await running).outcome.status);
    expect((await session.run("kept")).result).toBe("7");
  }
}, 120_000);

test("an interrupt while no cell runs leaves the cell alone that follows", async () => {
  for (let i = 0; i < 24; i++) {
    session.supervisor.interrupt();
    await sleep(random() * 30);
    expect((await session.run("for (let i = 0; i < 3e6; i++) Math.sin(i)\nkept")).result).toBe("7");
  }
}, 120_000);

test("loops are ended there as well", async () => {
  for (const code of ["while (true) {}", "for (;;) await 0"]) {
    const running = session.run(code);
    await sleep(400);
    session.supervisor.interrupt();
    expect((await running).outcome.status).toBe("interrupted");
    expect((await session.run("kept")).result).toBe("7");
  }
}, 120_000);
