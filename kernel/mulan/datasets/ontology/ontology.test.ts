import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { musicClasses } from "./musicClasses.ts";
import { readOntology } from "./readOntology.ts";

const fixture = fileURLToPath(
  new URL("../../../../test/fixtures/datasets/audioset/ontology.json", import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), "mulan-ontology-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const node = (id: string, children: string[] = []) => ({
  id,
  name: id,
  description: "",
  child_ids: children,
});

describe("an ontology of our own", async () => {
  const ontology = await readOntology(fixture);
  const names = (nodes: readonly { name: string }[]) => nodes.map(({ name }) => name);

  test("gives classes by id and by name, and their children", () => {
    expect(ontology.nodes.length).toBe(17);
    expect(ontology.node("/t/saw").description).toBe("A bent saw, bowed at its blunt edge.");
    expect(names(ontology.children("/t/genre"))).toEqual(["Harbour waltz", "Night tram"]);
    expect(ontology.named("Fog waltz").childIds).toEqual(["/t/box"]);
    expect(ontology.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("a subtree holds a class with two parents once, parents first", () => {
    const music = names(ontology.subtree("/t/music"));
    expect(music.length).toBe(15);
    expect(music.filter((name) => name === "Talking box").length).toBe(1);
    expect(music[0]).toBe("Music");
    expect(music).not.toContain("Wind");
  });

  test("music classes are those without restrictions, or those of a list", () => {
    expect(names(musicClasses(ontology, "genres"))).toEqual(["Harbour waltz", "Night tram"]);
    expect(names(musicClasses(ontology, "instruments-genres-roles"))).toEqual([
      "Musical instrument",
      "Glass organ",
      "Singing saw",
      "Harbour waltz",
      "Fog waltz",
      "Night tram",
      "Waiting music",
    ]);
    expect(names(musicClasses(ontology, "all-but-roles"))).not.toContain("Waiting music");
    expect(names(musicClasses(ontology, "all-but-roles"))).toContain("Music");
    const released = new Set(["/t/turn", "/t/saw", "/t/wind"]);
    expect(names(musicClasses(ontology, "all", released))).toEqual(["Singing saw", "Turnaround"]);
    expect(() => musicClasses(ontology, "all", new Set(["/t/wind"]))).toThrow("no class is left");
  });

  test("an id that is not there is said", () => {
    expect(() => ontology.node("/t/none")).toThrow('"/t/none"');
    expect(() => ontology.named("None")).toThrow(
      expect.objectContaining({ code: "ontology.no-node" }),
    );
  });
});

describe("a wrong file", () => {
  test("is named with line and column where the JSON breaks", async () => {
    const trailing = written("trailing.json", '[\n  {"id": "a", "name": "b",}\n]');
    await expect(readOntology(trailing)).rejects.toThrow(`${trailing}:2:27`);
    const token = written(
      "token.json",
      `[\n  ${JSON.stringify(node("a"))},\n  nonsense ${" ".repeat(60)}]`,
    );
    await expect(readOntology(token)).rejects.toThrow(`${token}:3:`);
    const short = written("short.json", "[x]");
    await expect(readOntology(short)).rejects.toThrow(`${short}:1:2`);
    const cut = written("cut.json", '[\n{"id": "a"');
    await expect(readOntology(cut)).rejects.toMatchObject({ code: "dataset.json" });
  });

  test("is told what a class lacks", async () => {
    const nameless = written("nameless.json", '[{"id": "a"}]');
    await expect(readOntology(nameless)).rejects.toThrow('"name" of class 0');
    const odd = written("odd.json", '[{"id": "a", "name": "b", "child_ids": "c"}]');
    await expect(readOntology(odd)).rejects.toThrow('"child_ids" of class 0');
    await expect(readOntology(written("object.json", "{}"))).rejects.toThrow("no ontology");
  });

  test("is told of a lost child and of an id that stands twice", async () => {
    const lost = written("lost.json", JSON.stringify([node("a", ["b"])]));
    await expect(readOntology(lost)).rejects.toThrow('"a" has a child');
    const twice = written("twice.json", JSON.stringify([node("a"), node("a")]));
    await expect(readOntology(twice)).rejects.toThrow("two classes have the id a");
  });

  test("that is missing or a folder is said plainly", async () => {
    await expect(readOntology(join(folder, "none.json"))).rejects.toThrow("nothing of that name");
    await expect(readOntology(folder)).rejects.toThrow("a folder");
  });
});

const real = process.env.MULAN_ONTOLOGY;
const labels = process.env.MULAN_AUDIOSET_LABELS;
test.skipIf(!real)(
  "the real ontology (MULAN_ONTOLOGY) has the classes that AudioSet counts",
  async () => {
    const ontology = await readOntology(real!);
    expect(ontology.nodes.length).toBe(632);
    expect(ontology.subtree(ontology.named("Music").id).length).toBe(189);
    expect(musicClasses(ontology, "genres").length).toBe(25);
    expect(musicClasses(ontology, "all").length).toBe(152);
    expect(musicClasses(ontology, "instruments-genres-roles").length).toBe(144);
    expect(musicClasses(ontology, "all-but-roles").length).toBe(142);
  },
);

test.skipIf(!real || !labels)(
  "the released labels (MULAN_AUDIOSET_LABELS) leave 141 classes by either choice",
  async () => {
    const ontology = await readOntology(real!);
    const released = new Set(readFileSync(labels!, "utf8").match(/\/[mtg]\/\w+/g));
    expect(released.size).toBe(527);
    expect(musicClasses(ontology, "genres", released).length).toBe(25);
    expect(musicClasses(ontology, "instruments-genres-roles", released).length).toBe(141);
    expect(musicClasses(ontology, "all-but-roles", released).length).toBe(141);
    expect(musicClasses(ontology, "all", released).length).toBe(150);
  },
);
