import { stripVTControlCharacters } from "node:util";
import { afterAll, expect, test } from "vitest";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: makeNotebookFolder() });
afterAll(() => session[Symbol.asyncDispose]());

test("console prints values with colours, errors apart", async () => {
  const { stdout, stderr } = await session.run(
    "console.log({ a: 1 }, 'text', [2]); console.error('bad'); console.warn('hm'); console.info('i'); console.debug('d')",
  );
  expect(stdout).toBe("{ a: \u001b[33m1\u001b[39m } text [ \u001b[33m2\u001b[39m ]\ni\nd\n");
  expect(stderr).toBe("bad\nhm\n");
});

test("console.table, group, dir, count and assert work", async () => {
  const { stdout, stderr } = await session.run(
    "console.table([{ bpm: 120 }]); console.group('G'); console.log('in'); console.groupEnd(); console.dir({ d: 1 }); console.count(); console.assert(false, 'assertion')",
  );
  const plain = stripVTControlCharacters(stdout);
  expect(plain).toContain("bpm");
  expect(plain).toContain("│ 120 │");
  expect(plain).toContain("G\n  in\n{ d: 1 }\ndefault: 1\n");
  expect(stderr).toContain("assertion");
});

test("partial lines, bytes and ANSI pass unchanged", async () => {
  const { stdout } = await session.run(
    "process.stdout.write('a'); process.stdout.write(Buffer.from('é').subarray(0, 1)); process.stdout.write(Buffer.from('é').subarray(1)); process.stdout.write('\\u001b[1mb\\r', 'utf8', () => {})",
  );
  expect(stdout).toBe("aé\u001b[1mb\r");
});

test("100,000 lines arrive, all of them, in few messages", async () => {
  const { stdout, events } = await session.run(
    "for (let i = 0; i < 100_000; i++) console.log('line ' + i)",
  );
  const lines = stdout.split("\n");
  expect(lines.length).toBe(100_001);
  expect(lines[99_999]).toBe("line 99999");
  expect(events.length).toBeLessThan(500);
});

test("a loop that never pauses shows its output while it runs", async () => {
  let seenWhileRunning = false;
  const stop = session.supervisor.on((event) => {
    if (event.type === "stream" && event.text.includes("early")) seenWhileRunning = true;
    if (event.type === "executed") stop();
  });
  await session.run(
    "console.log('early'); const until = Date.now() + 300; while (Date.now() < until) if (Date.now() % 50 === 0) process.stdout.write('');\nconsole.log('late')",
  );
  expect(seenWhileRunning).toBe(true);
});

test("late output goes to the cell that started it", async () => {
  await session.run(
    "setTimeout(() => console.log('from timer'), 30); let ticks = 0; const interval = setInterval(() => { process.stdout.write('t'); if (++ticks === 3) clearInterval(interval) }, 15)",
    "starter",
  );
  await session.run(
    "void (async () => { await new Promise((r) => setTimeout(r, 30)); console.log('after await'); for await (const x of [1, 2]) { await null; console.log('loop ' + x) } try { await Promise.reject(1) } catch { console.log('caught') } finally { console.log('finally') } })()",
    "awaiter",
  );
  await session.run(
    "function helper() { return new Promise((r) => setTimeout(r, 20)).then(() => 1) }\nasync function shared(name: string) { await helper(); console.log('shared', name) }",
    "definer",
  );
  await session.run("void shared('by caller')", "caller");
  await session.run("await new Promise((r) => setTimeout(r, 150)); console.log('own')", "busy");
  expect(session.shown("starter").stdout.replaceAll("t", "").trim()).toContain("from imer");
  expect(session.shown("starter").stdout.match(/t/g)?.length).toBe(4);
  expect(session.shown("awaiter").stdout).toBe("after await\nloop 1\nloop 2\ncaught\nfinally\n");
  expect(session.shown("caller").stdout).toBe("shared by caller\n");
  expect(session.shown("definer").stdout).toBe("");
  expect(session.shown("busy").stdout).toBe("own\n");
});

test("output of children and native code is captured", async () => {
  const code =
    "const { spawnSync } = await import('node:child_process'); spawnSync('echo', ['from a child'], { stdio: 'inherit' }); await new Promise((r) => setTimeout(r, 100))";
  expect((await session.run(code)).stdout).toBe("from a child\n");
});

test("display shows now, in order, among other output", async () => {
  const { events } = await session.run(
    "console.log('a'); display({ b: 1 }); console.log('c'); display('d'); 'e'",
  );
  expect(
    events.flatMap((event) =>
      ["stream", "display", "result"].includes(event.type) ? [event.type] : [],
    ),
  ).toEqual(["stream", "display", "stream", "display", "result"]);
});

test("display with an id changes what is there, in the same and in another cell", async () => {
  const { events } = await session.run(
    "display(1, { id: 'meter' }); display(2, { id: 'meter' })",
    "meter",
  );
  const kinds = (all: typeof events) =>
    all.flatMap((e) =>
      e.type === "display" || e.type === "updateDisplay" ? [`${e.type} ${e.displayId}`] : [],
    );
  expect(kinds(events)).toEqual(["display meter", "updateDisplay meter"]);
  expect(kinds((await session.run("display(3, { id: 'meter' })", "other")).events)).toEqual([
    "updateDisplay meter",
  ]);
  expect(kinds((await session.run("display(4, { id: 'meter' })", "meter")).events)).toEqual([
    "display meter",
  ]);
});

test("display takes a ready bundle, and says what is wrong with another", async () => {
  const { events } = await session.run(
    "display({ 'text/html': '<b>x</b>', 'text/plain': 'x' }, { raw: true })",
  );
  expect(events).toContainEqual(
    expect.objectContaining({
      type: "display",
      bundle: { "text/html": "<b>x</b>", "text/plain": "x" },
    }),
  );
  expect((await session.run("display(5, { raw: true })")).outcome.error?.message).toMatch(
    /object from mime types/,
  );
});

test("clearOutput now and on the next output", async () => {
  const { events } = await session.run(
    "console.log(1); clearOutput(); clearOutput({ wait: true })",
  );
  expect(events.flatMap((event) => (event.type === "clearOutput" ? [event.wait] : []))).toEqual([
    false,
    true,
  ]);
});

test("values with Symbol.for('Jupyter.display') show themselves", async () => {
  const { events } = await session.run(
    "({ async [Symbol.for('Jupyter.display')]() { return { 'text/markdown': '**hi**' } } })",
  );
  expect(events).toContainEqual(
    expect.objectContaining({ type: "result", bundle: { "text/markdown": "**hi**" } }),
  );
});

test("lists of objects are a table whose text is never markup", async () => {
  const { events, result } = await session.run(
    "[{ title: '<script>alert(1)</script>', bpm: 120 }, { title: 'ordinary', bpm: 90.5, key: 'a' }]",
  );
  const bundle = events.flatMap((event) => (event.type === "result" ? [event.bundle] : []))[0];
  expect(bundle?.["text/html"]).toContain("&lt;script&gt;");
  expect(bundle?.["text/html"]).not.toContain("<script");
  expect(result).toMatch(
    /title +bpm +key\n0 +<script>alert\(1\)<\/script> +120\n1 +ordinary +90\.5 +a/,
  );
});

test("library values are figures, as result and in display", async () => {
  const { events } = await session.run(
    "const emb = mulan.Embeddings.from({ data: new Float32Array([1, 0, 0, 1]), dim: 2, labels: ['x', 'y'], modality: 'text', modelId: 'm' }); display(emb); mulan.similarity(emb, emb)",
  );
  const mimes = events.flatMap((event) =>
    event.type === "display" || event.type === "result" ? [Object.keys(event.bundle).sort()] : [],
  );
  expect(mimes).toEqual([
    ["application/vnd.mulan.embeddings.v1+json", "image/png", "text/plain"],
    ["application/vnd.mulan.similarity.v1+json", "image/png", "text/plain"],
  ]);
});

test("completions, inspection and variables read live values and run no getter", async () => {
  await session.run(
    "const track = { title: 'x', bpm: 120, get boom() { throw new Error('ran') } }; const rows = [{ label: 'a' }]; let dangerous = { get length() { throw new Error('ran') } }",
  );
  const { supervisor } = session;
  const named = async (code: string) =>
    (await supervisor.complete(code, code.length)).items.map(({ name }) => name);
  expect(await named("track.")).toEqual(["title", "bpm", "boom"]);
  expect(await named("rows[0].la")).toEqual(["label"]);
  expect(await named("tra")).toEqual(["track"]);
  expect(await supervisor.complete("x = track.bp", 12)).toMatchObject({ start: 10, end: 12 });
  expect(await supervisor.inspect("track.bpm + 1", 8)).toEqual({
    name: "track.bpm",
    type: "number",
    text: "120",
  });
  expect(await supervisor.inspect("nothingThere", 3)).toBeUndefined();
  const variables = await supervisor.live("variables");
  expect(variables.find(({ name }) => name === "rows")).toEqual({
    name: "rows",
    type: "Array",
    shape: "1",
    value: "[ { label: 'a' } ]",
  });
  expect(variables.some(({ name }) => name === "display")).toBe(false);
  await expect(supervisor.live("nonsense" as "variables")).rejects.toThrow(
    /"nonsense".*no handler/,
  );
});
