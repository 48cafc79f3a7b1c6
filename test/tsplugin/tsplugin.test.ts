// Our plugin in a real TypeScript server, asked as VS Code asks it.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { buildTsPlugin } from "../../scripts/tsplugin-build.mjs";
import { TsServer } from "./tsServer.ts";

const probeLocation = join(packageRoot, ".cache", "tsplugin-test");

const cells = [
  'import { load, readAudio } from "mulan-notebook";\nconst model = await load();\nlet count = 1;',
  'const clips = await readAudio("audio");\nconst music = await model.embedAudio(clips);',
  "let count = 'now a text';\nmusic.",
  "count.",
  "const broken = ;",
  "mulan.",
  "mulan.selection.",
  'import { readFile } from "node:fs/promises";\nconst text = await readFile("a.txt", "utf8");\ntext.',
  'import * as fs from "node:fs";\nfs.',
  "Buffer.",
];
const fileOf = (index: number) =>
  `^/vscode-notebook-cell/ts-nul-authority/music/live.ipynb#W${index}s`;

describe("cells in the TypeScript server", () => {
  let server: TsServer;
  beforeAll(async () => {
    await buildTsPlugin(join(probeLocation, "node_modules", "mulan-notebook-tsplugin"), "0.0.0");
    server = new TsServer(probeLocation);
    server.tell("compilerOptionsForInferredProjects", {
      options: { module: "ESNext", moduleResolution: "Bundler", target: "ES2022", strict: true },
    });
    const openFiles = cells.map((fileContent, i) => ({
      file: fileOf(i),
      fileContent,
      scriptKindName: "TS",
      projectRootPath: "/music",
    }));
    // Not in the notebook's order: that is told apart.
    server.tell("updateOpen", {
      openFiles: openFiles.reverse(),
      changedFiles: [],
      closedFiles: [],
    });
    server.tell("configurePlugin", {
      pluginName: "mulan-notebook-tsplugin",
      configuration: { cells: cells.map((_, i) => `W${i}s`) },
    });
  });
  afterAll(() => server?.[Symbol.dispose]());

  const end = (index: number) => {
    const lines = cells[index]!.split("\n");
    return { file: fileOf(index), line: lines.length, offset: lines.at(-1)!.length + 1 };
  };
  const completions = async (index: number) => {
    const { entries } = await server.ask<{ entries: { name: string }[] }>(
      "completionInfo",
      end(index),
    );
    return entries.map(({ name }) => name);
  };

  it("complete what another cell made with the library", async () => {
    expect(await completions(2)).toEqual(expect.arrayContaining(["neighbours", "labels", "dim"]));
  });

  it("know a name as the nearest cell above declares it", async () => {
    const names = await completions(3);
    expect(names).toContain("toUpperCase");
    expect(names).not.toContain("toFixed");
  });

  it("have the global names of a cell", async () => {
    expect(await completions(5)).toEqual(expect.arrayContaining(["load", "zeroShot", "selection"]));
  });

  it("know the notebook's selection as a list of clips", async () => {
    expect(await completions(6)).toEqual(expect.arrayContaining(["add", "set", "clear", "map"]));
  });

  it("know Node's modules and globals from declarations that come with the plugin", async () => {
    expect(await completions(7)).toEqual(expect.arrayContaining(["split", "padEnd"]));
    expect(await completions(8)).toEqual(expect.arrayContaining(["readFileSync", "statSync"]));
    expect(await completions(9)).toEqual(expect.arrayContaining(["from", "concat", "alloc"]));
    const [definition] = await server.ask<{ file: string }[]>("definition", {
      file: fileOf(9),
      line: 1,
      offset: 3,
    });
    expect(definition!.file).toMatch(/mulan-notebook-tsplugin\/types\/node_modules\/@types\/node/);
    const faults = await server.ask<{ text: string }[]>("semanticDiagnosticsSync", {
      file: fileOf(7),
    });
    // The cell ends in the middle of an expression; nothing else is wrong with it.
    expect(faults.map(({ text }) => text).filter((text) => /find|type/i.test(text))).toEqual([]);
  });

  it("tell types with their documentation", async () => {
    const body = await server.ask<{ displayString: string; documentation: unknown }>("quickinfo", {
      file: fileOf(1),
      line: 1,
      offset: 24,
    });
    expect(body.displayString).toContain("Promise<Clips>");
    expect(JSON.stringify(body.documentation)).not.toBe('""');
  });

  it("show syntax errors, and nothing wrong with top-level await, redeclaration or unused names", async () => {
    const faults = async (index: number) => {
      const commands = ["syntactic", "semantic", "suggestion"];
      const found = await Promise.all(
        commands.map((kind) =>
          server.ask<{ text: string }[]>(`${kind}DiagnosticsSync`, { file: fileOf(index) }),
        ),
      );
      return found.flat().map(({ text }) => text);
    };
    expect(await faults(0)).toEqual([]);
    expect(await faults(1)).toEqual([]);
    expect(await faults(4)).toContain("Expression expected.");
  });

  it("have an outline of their own text only", async () => {
    const tree = await server.ask<{ childItems?: { text: string }[] }>("navtree", {
      file: fileOf(1),
    });
    expect(tree.childItems?.map(({ text }) => text)).toEqual(["clips", "music"]);
  });
});
