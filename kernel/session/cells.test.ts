// biome-ignore-all lint/suspicious/noTemplateCurlyInString: cells are text
import { afterAll, describe, expect, test } from "vitest";
import { makeNotebookFolder } from "../../test/session/notebookFolder.ts";
import { TestSession } from "../../test/session/runCells.ts";

const cwd = makeNotebookFolder();

/** What the last cell shows: its result, nothing, or the head of its error. */
type Expected = string | undefined | { readonly error: string | RegExp };
type Case = readonly [title: string, cells: readonly string[], expected: Expected];

function table(section: string, cases: readonly Case[]): void {
  describe(section, () => {
    const session = new TestSession({ cwd });
    afterAll(() => session[Symbol.asyncDispose]());
    test.each(cases)("%s", async (_title, cells, expected) => {
      for (const cell of cells.slice(0, -1)) {
        expect((await session.run(cell)).errors).toEqual([]);
      }
      const last = await session.run(cells.at(-1)!);
      if (typeof expected === "object") {
        const error = last.outcome.error;
        const head = `${error?.name}: ${error?.message}`;
        if (typeof expected.error === "string") expect(head).toBe(expected.error);
        else expect(head).toMatch(expected.error);
      } else {
        expect(last.errors).toEqual([]);
        expect(last.result).toBe(expected);
      }
    });
  });
}

table("persist and declare again", [
  ["const, let and var last", ["const a = 1; let b = 2; var c = 3", "a + b + c"], "6"],
  ["classes last", ["class Dog { bark() { return 'woof' } }", "new Dog().bark()"], "'woof'"],
  ["functions last", ["function twice(n: number) { return 2 * n }", "twice(4)"], "8"],
  ["enums last", ["enum Mode { Minor, Major }", "Mode[Mode.Major]"], "'Major'"],
  ["namespaces last", ["namespace Scale { export const steps = 7 }", "Scale.steps"], "7"],
  ["namespaces nest", ["namespace A.B { export const c = 1 }", "A.B.c"], "1"],
  [
    "interfaces and types may be repeated",
    [
      "interface P { x: number }\ntype T = P",
      "interface P { y: string }\ntype T = number; const t: T = 2; t",
    ],
    "2",
  ],
  ["let becomes function", ["let thing = 1", "function thing() { return 'f' }", "thing()"], "'f'"],
  [
    "function becomes class",
    ["function shape() {}", "class shape { sides = 3 }", "new shape().sides"],
    "3",
  ],
  ["class becomes const", ["class Pitch {}", "const Pitch = 440", "Pitch"], "440"],
  ["const becomes const", ["const again = 1", "const again = 2", "again"], "2"],
  [
    "const becomes let and may be assigned",
    ["const loose = 1", "let loose = 2; loose = 3", "loose = 4"],
    "4",
  ],
  [
    "enum becomes a new enum without the old members",
    ["enum E1 { Old }", "enum E1 { New }", "Object.keys(E1)"],
    "[ '0', 'New' ]",
  ],
  [
    "an enum declared twice in a cell merges",
    ["enum E2 { A = 1 }\nenum E2 { B = 2 }\nE2.A + E2.B"],
    "3",
  ],
  [
    "a namespace merges with its class",
    [
      "class Chord { size = 3 }\nnamespace Chord { export const major = [0, 4, 7] }",
      "Chord.major.length + new Chord().size",
    ],
    "6",
  ],
  ["enum becomes const", ["enum Was { A }", "const Was = 'const'", "Was"], "'const'"],
  ["import becomes let", ["import { sep } from 'node:path'", "let sep = 'mine'; sep"], "'mine'"],
  [
    "old closures see the new value",
    ["let gain = 1; const readGain = () => gain", "let gain = 5", "readGain()"],
    "5",
  ],
  [
    "old closures see a const that is declared again",
    ["const q = 1; function readQ() { return q }", "const q = 2", "readQ()"],
    "2",
  ],
  [
    "old functions call what a later cell declares",
    ["function early() { return late() }", "function late() { return 'now' }", "early()"],
    "'now'",
  ],
  [
    "old functions call the new function",
    [
      "function inner() { return 1 }\nfunction outer() { return inner() }",
      "function inner() { return 2 }",
      "outer()",
    ],
    "2",
  ],
  [
    "destructuring with defaults, rest and nesting",
    [
      "const { d1, d2: { d3 = 3 } = {}, ...d4 } = { d1: 1, x: 9 } as any; const [d5, , d6 = 6, ...d7] = [5, 0, undefined, 7]",
      "[d1, d3, d4, d5, d6, d7]",
    ],
    "[ 1, 3, { x: 9 }, 5, 6, [ 7 ] ]",
  ],
  [
    "a function default keeps its name",
    ["const { fallback = () => 1 } = {} as any", "fallback.name"],
    "'fallback'",
  ],
  ["swap", ["let s1 = 1, s2 = 2", "[s1, s2] = [s2, s1]", "[s1, s2]"], "[ 2, 1 ]"],
  [
    "destructuring assignment to earlier names",
    ["let t1: number, t2: number", "({ t1, t2 = 4 } = { t1: 3 } as any)", "t1 + t2"],
    "7",
  ],
  ["shorthand properties", ["const bpm = 120", "({ bpm })"], "{ bpm: 120 }"],
  ["generators", ["function* count() { yield 1; yield 2 }", "[...count()]"], "[ 1, 2 ]"],
  [
    "async generators and for await",
    [
      "async function* ticks() { yield 1; await null; yield 2 }",
      "let sum = 0; for await (const tick of ticks()) sum += tick; sum",
    ],
    "3",
  ],
  [
    "for await with labels, continue and break",
    [
      "let seen: number[] = []; outer: for await (const x of [1, 2, 3, 4]) { for (const y of [0]) { if (x === 2) continue outer; if (x === 4) break outer; seen.push(x) } }\nseen",
    ],
    "[ 1, 3 ]",
  ],
  [
    "a loop variable does not leak",
    ["for (let leaky = 0; leaky < 2; leaky++) {}", "typeof leaky"],
    "'undefined'",
  ],
  [
    "a block's let does not leak",
    ["{ let hidden = 1; const alsoHidden = hidden }", "typeof hidden + typeof alsoHidden"],
    "'undefinedundefined'",
  ],
  [
    "var in blocks leaks",
    [
      "{ var v1 = 1 } if (true) { var v2 = 2 } for (var v3 = 0; v3 < 3; v3++) {} for (var v4 of [4]) {} for (var { v5 } of [{ v5: 5 }]) {} try { var v6 = 6 } finally {}",
      "[v1, v2, v3, v4, v5, v6]",
    ],
    "[ 1, 2, 3, 4, 5, 6 ]",
  ],
  [
    "var without a value keeps it, let does not",
    ["var kept = 1; let lost = 1", "var kept; let lost", "[kept, lost]"],
    "[ 1, undefined ]",
  ],
  [
    "functions may be called above their line",
    ["above(); function above() { return 'up' }\nabove()"],
    "'up'",
  ],
  [
    "names of functions and classes",
    [
      "const arrow = () => 1; const anonymous = function () {}; const Klass = class {}; let later; later = () => 2",
      "[arrow.name, anonymous.name, Klass.name, later.name]",
    ],
    "[ 'arrow', 'anonymous', 'Klass', 'later' ]",
  ],
  [
    "a class reaches itself",
    ["class Self { static make() { return new Self() } }", "Self.make() instanceof Self"],
    "true",
  ],
  [
    "an inner name hides the outer",
    ["const hid = 1; function hide(hid: number) { return hid }", "hide(2)"],
    "2",
  ],
  [
    "a default export without a name is the result",
    ["export default class {}"],
    "[class (anonymous)]",
  ],
  [
    "export is allowed and means nothing",
    ["export const exported = 1; export default function main() { return 2 }", "exported + main()"],
    "3",
  ],
  [
    "a name whose cell failed can be declared again",
    ["const fine = 1", "const fine = 2"],
    undefined,
  ],
]);

table("results", [
  ["the last expression", ["1; 2; 3"], "3"],
  ["after comments", ["40 + 2 // the answer\n/* really */"], "42"],
  ["an object literal", ["{a: 1}"], "{ a: 1 }"],
  [
    "an object literal after a comment",
    ["// settings\n{ a: 1, b: { c: 2 } }"],
    "{ a: 1, b: { c: 2 } }",
  ],
  ["an empty object", ["{}"], "{}"],
  ["a block is a block", ["{ const inBlock = 1; console.log(inBlock) }"], undefined],
  ["a promise is awaited", ["Promise.resolve('kept')"], "'kept'"],
  ["a promise of an async function", ["(async () => 7)()"], "7"],
  ["an awaited promise", ["await Promise.resolve(8)"], "8"],
  ["an assignment", ["let assigned", "assigned = 9"], "9"],
  ["a declaration shows nothing", ["const silent = 1"], undefined],
  ["undefined shows nothing", ["undefined"], undefined],
  ["a call without a value shows nothing", ["(() => {})()"], undefined],
  ["statements show nothing", ["if (true) 5"], undefined],
  ["null is shown", ["null"], "null"],
  ["a trailing semicolon hides the result", ["5;"], undefined],
  ["a trailing semicolon before a comment hides it too", ["5; // done"], undefined],
  ["a semicolon inside a string does not hide it", ["'a;'"], "'a;'"],
  ["a semicolon inside a comment does not hide it", ["5 // a;"], "5"],
  ["a hidden promise is not waited for", ["new Promise(() => {});"], undefined],
  ["a string that looks like a directive", ["'use strict'"], "'use strict'"],
  ["a comma expression", ["1, 2"], "2"],
  ["a multi-line chain", ["[1, 2, 3]\n  .map((x) => x * 2)\n  .join('-')"], "'2-4-6'"],
  ["a regular expression", ["/a\\/b/g"], "/a\\/b/g"],
  ["a template", ["`${1 + 1} tracks`"], "'2 tracks'"],
  ["a class instance", ["new (class Note { pitch = 60 })()"], "Note { pitch: 60 }"],
  ["an empty cell", [""], undefined],
  ["a cell of comments", ["// nothing\n/* here */"], undefined],
  ["a type is no value", ["type Nothing = never"], undefined],
  [
    "a library call that is given a promise says what to write",
    ["mulan.waveform(mulan.readAudio('nothing-here/*.wav'))"],
    { error: /Write .*await/ },
  ],
]);

table("await and import", [
  ["await at the top", ["const awaited = await 5; awaited"], "5"],
  ["await in a condition", ["(await true) ? 'yes' : 'no'"], "'yes'"],
  ["await in a template", ["`${await 1}${await 2}`"], "'12'"],
  [
    "await in for await",
    ["let total = 0; for await (const x of [Promise.resolve(1), 2]) total += await x; total"],
    "3",
  ],
  ["await in an array and an object", ["({ a: await 1, b: [await 2] })"], "{ a: 1, b: [ 2 ] }"],
  [
    "await in a default parameter of a nested async arrow",
    ["await (async (x = 1) => x + (await 2))()"],
    "3",
  ],
  [
    "await in try, catch and finally",
    [
      "let steps: string[] = []; try { await null; throw 1 } catch { await null; steps.push('c') } finally { await null; steps.push('f') }\nsteps",
    ],
    "[ 'c', 'f' ]",
  ],
  ["default import", ["import def from './helper.ts'; def"], "'the default'"],
  [
    "named and renamed imports",
    ["import { Counter, Mood as M } from './helper.ts'; new Counter(2).next(M.Wild)"],
    "4",
  ],
  [
    "namespace import",
    ["import * as helper from './helper.ts'; Object.keys(helper).sort()"],
    "[ 'Counter', 'Mood', 'default', 'fail' ]",
  ],
  [
    "side effect import",
    ["import './library.ts'", "import './library.ts'; globalThis.sideEffects"],
    "1",
  ],
  [
    "JSON with attributes",
    ["import data from './data.json' with { type: 'json' }; data.tempo"],
    "120",
  ],
  [
    "builtin with and without prefix",
    [
      "import fs from 'node:fs'; import { join } from 'path'; typeof fs.readFileSync + join('a', 'b')",
    ],
    "'functiona/b'",
  ],
  [
    "package of the notebook's folder",
    ["import { greet } from 'fixture-package'; greet('you')"],
    "'hello you'",
  ],
  [
    "local .js that imports .ts without its suffix",
    ["import { kind, Mood as M2 } from './plain.js'; kind + M2.Calm"],
    "'javascript1'",
  ],
  [
    "a local file by the name it is compiled to",
    ["import { Mood as M3 } from './helper.js'; M3.Wild"],
    "2",
  ],
  ["dynamic import", ["(await import('./helper.ts')).default"], "'the default'"],
  [
    "dynamic import with attributes",
    ["(await import('./data.json', { with: { type: 'json' } })).default.tempo"],
    "120",
  ],
  ["import.meta.url", ["import.meta.url.endsWith('/notebook.ipynb')"], "true"],
  ["import.meta.dirname", ["import.meta.dirname === process.cwd()"], "true"],
  ["require", ["require('node:path').join('x', 'y') + require('./data.json').tempo"], "'x/y120'"],
  ["require of a package", ["require('fixture-package').greet('me')"], "'hello me'"],
  [
    "an unused import stays for later cells",
    ["import { basename } from 'node:path'", "basename('/a/b')"],
    "'b'",
  ],
  [
    "type-only imports vanish",
    [
      "import type { Gone } from './nowhere.ts'; import { type Options, Mood as M4 } from './helper.ts'; M4.Calm",
    ],
    "1",
  ],
  [
    "a type that is imported as if it were a value",
    [
      "import { Options, Mood as M5 } from './helper.ts'; let options: Options | undefined; M5.Calm",
    ],
    "1",
  ],
  [
    "a missing named export is named",
    ["import { missing } from './helper.ts'"],
    { error: "SyntaxError: The module './helper.ts' does not provide an export named 'missing'" },
  ],
  [
    "a missing default export is named",
    ["import nothing from './plain.js'"],
    { error: /export named 'default'/ },
  ],
  [
    "a missing package is named",
    ["import x from 'no-such-package'"],
    { error: /Cannot find package 'no-such-package'/ },
  ],
  ["a missing file is named", ["import x from './no-such-file.ts'"], { error: /no-such-file/ }],
  [
    "the library by import",
    ["import { Embeddings } from 'mulan-notebook'; typeof Embeddings.from"],
    "'function'",
  ],
  [
    "the library as a namespace",
    ["import * as all from 'mulan-notebook'; all.Embeddings === mulan.Embeddings"],
    "true",
  ],
  ["the library's global", ["mulan.Embeddings.name"], "'Embeddings'"],
  [
    "a missing library export is named",
    ["import { nope } from 'mulan-notebook'"],
    { error: "SyntaxError: The module 'mulan-notebook' does not provide an export named 'nope'" },
  ],
  [
    "local files get the engine's own library",
    ["import { Embeddings as E } from './library.ts'; E === mulan.Embeddings"],
    "true",
  ],
  ["require of the library", ["require('mulan-notebook').Embeddings === mulan.Embeddings"], "true"],
  [
    "imports run before the statements above them",
    ["let early2 = typeof extname; import { extname } from 'node:path'; early2"],
    "'function'",
  ],
]);

table("TypeScript", [
  [
    "annotations and generics",
    [
      "function first<T>(items: readonly T[]): T | undefined { return items[0] }\nfirst<number>([3])",
    ],
    "3",
  ],
  [
    "as and satisfies",
    [
      "const settings = { rate: 16000 } satisfies Record<string, number>; (settings.rate as unknown as number) + 1",
    ],
    "16001",
  ],
  [
    "non-null and optional chaining",
    ["const maybe: { a?: { b: number } } = {}; maybe.a?.b ?? maybe!.a"],
    undefined,
  ],
  [
    "parameter properties",
    [
      "class Clip1 { constructor(readonly path: string, private rate = 44100) {} get r() { return this.rate } }\nconst clip1 = new Clip1('a'); [clip1.path, clip1.r]",
    ],
    "[ 'a', 44100 ]",
  ],
  [
    "overloads",
    [
      "function over(x: string): string; function over(x: number): number; function over(x: any) { return x }\nover(2)",
    ],
    "2",
  ],
  [
    "abstract classes and implements",
    [
      "abstract class Shape { abstract area(): number }\nclass Square extends Shape implements Shape { area() { return 4 } }\nnew Square().area()",
    ],
    "4",
  ],
  ["const enums", ["const enum Flag { On = 1 }\nFlag.On"], "1"],
  [
    "declare is nothing",
    ["declare const ghost: number; declare function spook(): void; typeof ghost"],
    "'undefined'",
  ],
  [
    "standard decorators",
    [
      "const log: string[] = []\nfunction traced(value: any, context: ClassMethodDecoratorContext) { log.push(String(context.name)); return value }\nclass Traced { @traced go() { return 1 } }\nnew Traced().go() + log.join()",
    ],
    "'1go'",
  ],
  [
    "class decorators",
    [
      "function tagged(target: any, _: ClassDecoratorContext) { target.tag = 'T' }\n@tagged class Tagged { static tag: string }",
      "Tagged.tag + Tagged.name",
    ],
    "'TTagged'",
  ],
  [
    "using",
    [
      "const closed: string[] = []\nconst open = (name: string) => ({ name, [Symbol.dispose]() { closed.push(name) } })\n{ using one = open('one'); using two = open('two') }\nclosed",
    ],
    "[ 'two', 'one' ]",
  ],
  [
    "using at the top is disposed of at the cell's end",
    [
      "const shut: string[] = []; using handle = { [Symbol.dispose]() { shut.push('h') } }; shut.length",
      "shut",
    ],
    "[ 'h' ]",
  ],
  [
    "await using",
    [
      "const gone: number[] = []; { await using late2 = { async [Symbol.asyncDispose]() { await null; gone.push(1) } } }\ngone",
    ],
    "[ 1 ]",
  ],
  [
    "private fields and accessors",
    ["class Priv { #x = 1; static #n = 2; get x() { return this.#x + Priv.#n } }\nnew Priv().x"],
    "3",
  ],
]);

table("guard", [
  [
    "assigning to a const of the cell",
    ["const fixed = 1; fixed = 2"],
    { error: "TypeError: Assignment to constant variable 'fixed'" },
  ],
  [
    "assigning to a const of an earlier cell",
    ["const firm = 1", "firm = 2"],
    { error: "TypeError: Assignment to constant variable 'firm'" },
  ],
  ["incrementing a const of an earlier cell", ["firm++"], { error: /'firm'/ }],
  ["destructuring into a const of an earlier cell", ["[firm] = [2]"], { error: /'firm'/ }],
  ["assigning inside a function", ["function spoil() { firm = 3 }"], { error: /'firm'/ }],
  ["the guarded const keeps its value", ["firm"], "1"],
  ["nothing of a refused cell has run", ["let ran = false", "ran"], "false"],
  [
    "assigning to an import",
    ["import { sep as separator } from 'node:path'", "separator = 'x'"],
    { error: /'separator'/ },
  ],
  [
    "an inner name of the same spelling is free",
    ["{ let firm = 1; firm = 2 }\n((firm: number) => { firm = 5; return firm })(1)"],
    "5",
  ],
  ["const window", ["const window = [1, 2]; window.length"], "2"],
  ["const process", ["const process = 1; process"], "1"],
  ["process is the user's in later cells", ["process"], "1"],
  ["let Buffer", ["let Buffer = 'mine'; Buffer"], "'mine'"],
  ["const global", ["const global = 'g'; global"], "'g'"],
  ["function fetch", ["function fetch() { return 'fetched' }\nfetch()"], "'fetched'"],
  [
    "const Float32Array and Promise",
    [
      "const Float32Array = 1, Promise = 2; await new globalThis.Promise((done) => setTimeout(() => done(Float32Array + Promise), 1))",
    ],
    "3",
  ],
  [
    "const undefined-looking names",
    [
      "const self = 1, document = 2, navigator = 3, name = 4, module = 5, exports = 6, define = 7; self + document + navigator + name + module + exports + define",
    ],
    "28",
  ],
  [
    "the globals of libraries are untouched",
    [
      "[typeof globalThis.process.cwd, typeof globalThis.Buffer.from, typeof globalThis.fetch, typeof (globalThis as any).window, globalThis.Float32Array.name]",
    ],
    "[ 'function', 'function', 'function', 'undefined', 'Float32Array' ]",
  ],
  [
    "libraries still work",
    [
      "console.log(1); const { createHash } = await import('node:crypto'); createHash('sha1').update('x').digest('hex').length",
    ],
    "40",
  ],
  ["const display and console", ["const display = 1; const console = 2; display + console"], "3"],
  ["names set on globalThis are read as globals", ["globalThis.tuning = 440; tuning"], "440"],
  [
    "assigning to no declared name",
    ["undeclared = 1"],
    { error: "ReferenceError: undeclared is not defined" },
  ],
]);

table("errors", [
  ["a thrown error", ["throw new RangeError('too far')"], { error: "RangeError: too far" }],
  ["a name that is not there", ["notThere"], { error: "ReferenceError: notThere is not defined" }],
  [
    "a value that is no function",
    ["const five = 5", "five()"],
    { error: "TypeError: five is not a function" },
  ],
  [
    "a caught message reads as written",
    [
      "try { absent } catch (error) { error.message }\nlet text = ''; try { absent.x } catch (error) { text = (error as Error).message }\ntext",
    ],
    "'absent is not defined'",
  ],
  ["a thrown string", ["throw 'plain'"], { error: "Thrown: 'plain'" }],
  ["a thrown object", ["throw { code: 7 }"], { error: "Thrown: { code: 7 }" }],
  ["a thrown undefined", ["throw undefined"], { error: "Thrown: undefined" }],
  [
    "a thrown null-prototype object",
    ["throw Object.create(null)"],
    { error: /Thrown: \[Object: null prototype\]/ },
  ],
  [
    "an error whose message cannot be read",
    ["throw Object.defineProperty(new Error('x'), 'message', { get() { throw 1 } })"],
    { error: /./ },
  ],
  ["a rejected promise as result", ["Promise.reject(new Error('no'))"], { error: "Error: no" }],
  ["an aggregate", ["await Promise.any([Promise.reject(1)])"], { error: /AggregateError/ }],
  ["the next cell works", ["1 + 1"], "2"],
  ["a return at the top", ["return 5"], { error: /return/ }],
  [
    "a name declared twice in a cell",
    ["let twice1 = 1; let twice1 = 2"],
    { error: /already been declared/ },
  ],
]);
