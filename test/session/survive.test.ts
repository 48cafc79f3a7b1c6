import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { builtEntry } from "../../kernel/mulan/foundation/packageRoot.ts";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const cwd = makeNotebookFolder();

test.each([
  ["process.exit()", "process.exit()", /process\.exit\(0\)/],
  [
    "process.exit(3) inside a timer",
    "setTimeout(() => process.exit(3), 5); await new Promise(() => {})",
    /process\.exit\(3\)/,
  ],
  ["process.kill(self)", "process.kill(process.pid)", /signal SIGTERM/],
  ["process.kill(self, 9)", "process.kill(process.pid, 'SIGKILL')", /signal SIGKILL/],
  ["process.abort()", "process.abort()", /signal SIGABRT/],
  [
    "heap exhaustion",
    "const hoard: unknown[] = []; for (;;) hoard.push(new Array(1000).fill({}).map((_, i) => ({ i })))",
    /ran out of memory: JavaScript objects filled its heap \(limit 96 MB\)/,
  ],
  [
    "ArrayBuffer exhaustion",
    "const buffers: unknown[] = []; for (;;) buffers.push(new Float32Array(4e6).fill(1))",
    /ran out of memory: arrays and buffers took \d+ MB/,
  ],
  [
    "garbage on the engine's pipe",
    "require('node:fs').writeSync(3, Buffer.alloc(64, 255)); await new Promise(() => {})",
    /cannot be read/,
  ],
])(
  "%s ends the cell with an error that says so, and the next run works",
  async (_title, code, message) => {
    await using session = new TestSession({ cwd, maxHeapMb: 96, maxResidentMb: 700 });
    expect(
      (await session.run("const before = 1; console.log('kept output'); before", "first")).result,
    ).toBe("1");
    const { outcome, errors, stdout } = await session.run(
      `console.log('so far');\n${code}`,
      "fatal",
    );
    expect(outcome.status).toBe("crashed");
    expect(outcome.error?.message).toMatch(message);
    expect(outcome.error?.message).toMatch(/variables are gone.*next run starts a new engine/);
    expect(errors).toHaveLength(1);
    expect(stdout).toContain("so far");
    expect(session.shown("first").stdout).toBe("kept output\n");
    expect((await session.run("typeof before", "after")).result).toBe("'undefined'");
    expect(session.events).toContainEqual({ type: "started", again: true });
  },
);

test("a 200 MB output ends the cell, and the engine lives", async () => {
  await using session = new TestSession({ cwd });
  const { outcome, stdout } = await session.run(
    "const line = 'x'.repeat(1e6) + '\\n'; for (let i = 0; i < 200; i++) console.log(line)",
  );
  expect(outcome.status).toBe("error");
  expect(outcome.error?.message).toMatch(/larger than 16 MB; the rest was left out/);
  expect(outcome.error?.frames[0]?.line).toBe(1);
  expect(stdout.length).toBe(16 * 2 ** 20);
  expect((await session.run("line.length")).result).toBe("1000001");
});

test("one string of 200 MB as result or in one write ends likewise", async () => {
  await using session = new TestSession({ cwd });
  expect((await session.run("process.stdout.write('y'.repeat(2e8))")).outcome.error?.name).toBe(
    "OutputLimitError",
  );
  expect(
    (await session.run("display({ 'text/plain': 'y'.repeat(2e8) }, { raw: true })")).outcome.error
      ?.name,
  ).toBe("OutputLimitError");
  expect((await session.run("'y'.repeat(2e8)")).result?.length).toBeLessThan(20_000);
});

test("200 MB of a child's own output are bounded too", async () => {
  await using session = new TestSession({ cwd });
  const code =
    "require('node:child_process').spawnSync('head', ['-c', '200000000', '/dev/zero'], { stdio: 'inherit' }).status";
  const { stdout, stderr, result } = await session.run(code);
  expect(result).toBe("0");
  expect(stdout.length).toBeLessThanOrEqual(16 * 2 ** 20);
  expect(stderr).toMatch(/left out/);
});

test("restart gives a fresh engine at once", async () => {
  await using session = new TestSession({ cwd });
  await session.run("const x = 1");
  const running = session.run("while (true) {}", "running");
  await new Promise((resolve) => setTimeout(resolve, 100));
  await session.supervisor.restart();
  expect((await running).outcome).toMatchObject({ status: "crashed" });
  expect((await session.run("typeof x")).result).toBe("'undefined'");
});

test("a Node that is not there is an error, not a wait", async () => {
  await using session = new TestSession({ cwd, nodePath: join(cwd, "no-node") });
  const { outcome } = await session.run("1");
  expect(outcome.status).toBe("crashed");
  expect(outcome.error?.message).toMatch(/could not be started.*ENOENT/);
});

test("shutdown leaves no process behind", async () => {
  const session = new TestSession({ cwd });
  await session.run("1");
  const { pid } = session.supervisor;
  await session.supervisor.shutdown();
  expect(() => process.kill(pid!, 0)).toThrow("ESRCH");
});

test.each([
  ["idle", "1"],
  ["in a loop", "console.log('busy'); while (true) {}"],
])("an engine that is %s ends when its supervisor is killed", async (_title, cell) => {
  const script = join(cwd, `parent-${cell.length}.mjs`);
  const session = pathToFileURL(builtEntry("session")).href;
  writeFileSync(
    script,
    `import { Supervisor } from ${JSON.stringify(session)};
const supervisor = new Supervisor();
supervisor.on((event) => { if (event.type === "stream" || event.type === "executed") console.log(supervisor.pid); });
await supervisor.execute(${JSON.stringify(cell)});
setInterval(() => {}, 1000);`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once("data", (data) => resolve(Number.parseInt(String(data), 10))),
  );
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("5,000 runs of a cell that makes a 10,000-element array grow the heap by less than 50 MB", async () => {
  await using session = new TestSession({ cwd });
  const heap = async () =>
    Number(
      (
        await session.run(
          "globalThis.gc?.(); (await import('node:v8')).setFlagsFromString('--expose-gc'); (await import('node:vm')).runInNewContext('gc')(); process.memoryUsage().heapUsed / 1e6",
          "heap",
        )
      ).result,
    );
  const code = "const numbers = Array.from({ length: 10_000 }, (_, i) => i * 1.5)";
  for (let i = 0; i < 100; i++) await session.run(code, "same");
  const before = await heap();
  for (let i = 0; i < 5000; i++) await session.supervisor.execute(code, { cellId: "same" });
  expect((await heap()) - before).toBeLessThan(50);
}, 120_000);

test("a shutdown ends the cells that wait as well, and no engine is left", async () => {
  const session = new TestSession({ cwd });
  const cells = [session.run("await new Promise(() => {})"), session.run("1"), session.run("2")];
  await session.supervisor.start();
  await session.supervisor.shutdown();
  const shown = await Promise.all(cells);
  expect(shown.map(({ outcome }) => outcome.status)).toEqual(["crashed", "crashed", "crashed"]);
  expect(shown.at(-1)?.errors[0]?.message).toMatch(/did not run: the engine was shut down/);
  expect(session.supervisor.pid).toBeUndefined();
  expect(session.events.filter(({ type }) => type === "started")).toHaveLength(1);
});

test("an engine that cannot even be spawned ends the cell with the reason", async () => {
  const file = join(cwd, "a-file");
  writeFileSync(file, "");
  for (const options of [{ cwd, nodePath: join(file, "node") }, { cwd: file }]) {
    await using session = new TestSession(options);
    const { outcome } = await session.run("1");
    expect(outcome.status).toBe("crashed");
    expect(outcome.error?.message).toMatch(/could not be started: .*ENOTDIR/);
  }
});

test("characters that are cut in the middle by a pipe arrive whole", async () => {
  await using session = new TestSession({ cwd });
  const { stdout } = await session.run(
    "require('node:child_process').execFileSync('cat', ['-'], { input: 'x' + '音'.repeat(200_000), stdio: ['pipe', 1, 2] }); await new Promise((r) => setTimeout(r, 200))",
  );
  expect(stdout).toHaveLength(200_001);
  expect(stdout).not.toContain("\uFFFD");
});
