import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, expect, test } from "vitest";
import { makeNotebookFolder } from "./notebookFolder.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: makeNotebookFolder() });
afterAll(() => session[Symbol.asyncDispose]());

/** "cell:line:column function" of each frame. */
async function framesOf(code: string, cellId: string): Promise<string[]> {
  const { errors } = await session.run(code, cellId);
  return (errors[0]?.frames ?? []).map(({ cellId: id, file, line, column, functionName = "" }) =>
    `${id ?? file?.split("/").pop()}:${line}:${column} ${functionName}`.trim(),
  );
}

test("a syntax error points to cell, line and column", async () => {
  expect(await framesOf("const fine = 1\nconst 日本 = '🎵' +;", "syntax")).toEqual(["syntax:2:18"]);
});

test("an error in a regular expression points to its place, below types and beside decorators too", async () => {
  const types = "interface A {\n  x: number\n}\n// a comment\n";
  expect(await framesOf(`${types}const r = /(/`, "regex")).toEqual(["regex:5:11"]);
  const decorated = "const same = (c: any, _: any) => c\n@same class Q {}\n";
  expect(await framesOf(`${types}${decorated}const r = /(/`, "beside")).toEqual(["beside:7:11"]);
  const { outcome } = await session.run("const r = /(/");
  expect(outcome.error?.message).toBe("Invalid regular expression: /(/: Unterminated group");
});

test("assigning to a constant points to the place", async () => {
  expect(await framesOf("const fixed = 1\n\n  fixed = 2", "guard")).toEqual(["guard:3:3"]);
});

test("a runtime stack lists the user's frames only", async () => {
  await session.run(
    "interface Unseen {\n  x: number\n}\nfunction inner(n: number): number {\n  throw new Error('x' + n)\n}",
    "one",
  );
  expect(await framesOf("const go = () => inner(1)\n\ngo()", "two")).toEqual([
    "one:5:9 inner",
    "two:1:18 go",
    "two:3:1",
  ]);
});

test("frames are right after an await", async () => {
  const code =
    "async function slow() {\n  await new Promise((done) => setTimeout(done, 5))\n  throw new TypeError('late')\n}\nconst x: number = 1\nawait slow()";
  expect(await framesOf(code, "awaiting")).toEqual(["awaiting:3:9 slow", "awaiting:6:1"]);
});

test("frames are right inside a callback of an earlier cell", async () => {
  await session.run(
    "const callbacks: (() => void)[] = []\ncallbacks.push(() => {\n  throw new Error('called')\n})",
    "earlier",
  );
  expect(await framesOf("[0].forEach(() => callbacks[0]!())", "later")).toEqual([
    "earlier:3:9 Array.<anonymous>",
    "later:1:31",
    "later:1:5",
  ]);
});

test("frames of local TypeScript files are in their own lines", async () => {
  const frames = await framesOf("import { fail } from './helper.ts'\nfail()", "local");
  expect(frames).toEqual(["helper.ts:10:9 fail", "local:2:1"]);
});

test("a folder with blanks and parentheses in its name is told whole", async () => {
  const cwd = join(makeNotebookFolder(), "My (old) notes (2)");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "h.ts"), "export const fail = () => {\n  throw new Error('x')\n}\n");
  writeFileSync(join(cwd, "h.cjs"), "exports.fail = () => {\n  throw new Error('x')\n}\n");
  await using odd = new TestSession({ cwd });
  for (const name of ["h.ts", "h.cjs"]) {
    const { errors } = await odd.run(`require("./${name}").fail()`);
    expect(errors[0]?.frames[0]).toMatchObject({ file: join(cwd, name), line: 2 });
    expect(errors[0]?.frames[0]?.functionName).toMatch(/fail$/);
  }
});

test("a syntax error in a local file names file and place", async () => {
  const { outcome } = await session.run("import './broken.ts'");
  expect(outcome.error?.message).toMatch(/broken\.ts:1:26/);
});

test("a failed import names what was asked for and the cell's line, each time anew", async () => {
  const cwd = makeNotebookFolder();
  writeFileSync(join(cwd, "bad.json"), "{ no");
  writeFileSync(join(cwd, "bad.mjs"), "export const x = ;\n");
  writeFileSync(join(cwd, "bad.ts"), "export const x = ;\n");
  await using other = new TestSession({ cwd });
  for (const source of [
    "no-such-package",
    "./missing.ts",
    "./missing.json",
    "./bad.json",
    "./bad.mjs",
    "./bad.ts",
  ]) {
    for (const nAbove of [1, 2]) {
      const { outcome } = await other.run(
        `${"\n".repeat(nAbove)}import x from '${source}'`,
        "importing",
      );
      expect(outcome.error?.message).toContain(source.replace("./", ""));
      expect(outcome.error?.message).not.toContain("cells.mjs");
      expect(outcome.error?.frames).toMatchObject([
        { cellId: "importing", line: nAbove + 1, column: 1 },
      ]);
    }
  }
  writeFileSync(join(cwd, "throws.ts"), "throw new Error('top');\n");
  const { frames } = (await other.run("\nimport './throws.ts'")).outcome.error!;
  expect(frames.map(({ line }) => line)).toEqual([1, 2]);
  const { outcome } = await other.run("1\nawait import('no-such-package')", "dynamic");
  expect(outcome.error?.frames).toMatchObject([{ cellId: "dynamic", line: 2 }]);
});

test("a local file that is mended can be imported, and so can a file that imports it", async () => {
  const cwd = makeNotebookFolder();
  writeFileSync(join(cwd, "mend.ts"), "export const x = ;\n");
  writeFileSync(join(cwd, "outer.ts"), "import { x } from './mend.ts'\nexport const y = x + 1\n");
  await using other = new TestSession({ cwd });
  const cell = "import { y } from './outer.ts'; y";
  for (let time = 0; time < 2; time++) {
    expect((await other.run(cell)).outcome.error?.message).toMatch(/mend\.ts:1:18\)$/);
  }
  writeFileSync(join(cwd, "mend.ts"), "export const x = 4;\n");
  expect((await other.run(cell)).result).toBe("5");
  expect((await other.run("(await import('./mend.ts')).x")).result).toBe("4");
});

test("the text of a stack that the user prints is mapped too", async () => {
  const { result } = await session.run(
    "let text = ''\ntry { throw new Error('seen') } catch (error) { text = (error as Error).stack! }\ntext.split('\\n').length + text.split('\\n')[1]!.trim()",
    "printed",
  );
  expect(result).toMatch(/^'2at cell \d+:2:13'$/);
});

test("causes are shown", async () => {
  const { outcome } = await session.run(
    "throw new Error('outer', { cause: new RangeError('middle', { cause: 'inner' }) })",
  );
  const { error } = outcome;
  expect(error?.cause).toMatchObject({ name: "RangeError", cause: { message: "'inner'" } });
  const text = stripVTControlCharacters(error?.traceback.join("\n") ?? "");
  expect(text).toMatch(
    /Error: outer[\s\S]*caused by RangeError: middle[\s\S]*caused by Thrown: 'inner'/,
  );
});

test("the errors inside an AggregateError are shown", async () => {
  const { outcome } = await session.run(
    "await Promise.any([Promise.reject(new RangeError('first')), Promise.reject('second')])",
  );
  const text = stripVTControlCharacters(outcome.error?.traceback.join("\n") ?? "");
  expect(text).toMatch(
    /AggregateError: All promises[\s\S]*one of them RangeError: first[\s\S]*one of them Thrown: 'second'/,
  );
});

test("an endless message is cut, and says how long it was", async () => {
  const { outcome } = await session.run("throw new Error('x'.repeat(5e6))");
  expect(outcome.error?.message).toMatch(/x… \(5000000 characters in all\)$/);
  expect(JSON.stringify(outcome.error).length).toBeLessThan(100_000);
});

test("a rejection with undefined that nobody waits for is shown", async () => {
  await session.run("void Promise.reject(undefined); 1", "nothing");
  await session.run("await new Promise((done) => setTimeout(done, 20))");
  expect(session.shown("nothing").errors.map(({ message }) => message)).toEqual(["undefined"]);
});

test("errors of timers and unhandled rejections land in the cell that started them", async () => {
  await session.run("setTimeout(() => { throw new Error('from timer') }, 30); 1", "timer");
  await session.run(
    "void (async () => { await null; await new Promise((r) => setTimeout(r, 20)); throw new Error('nobody waits') })(); 2",
    "rejection",
  );
  await session.run(
    "void (async () => { await new Promise((r) => setTimeout(r, 20)); throw 'no stack' })(); 3",
    "stackless",
  );
  await session.run("await new Promise((done) => setTimeout(done, 120))", "other");
  expect(session.shown("timer").errors.map(({ message }) => message)).toEqual(["from timer"]);
  expect(session.shown("rejection").errors.map(({ message }) => message)).toEqual(["nobody waits"]);
  expect(session.shown("stackless").errors.map(({ message }) => message)).toEqual(["'no stack'"]);
  expect(session.shown("other").errors).toEqual([]);
  expect((await session.run("'alive'")).result).toBe("'alive'");
});
