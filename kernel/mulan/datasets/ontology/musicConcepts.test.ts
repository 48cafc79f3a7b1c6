import { expect, test } from "vitest";
import { musicClasses } from "./musicClasses.ts";
import { musicConcepts } from "./musicConcepts.ts";

const concepts = await musicConcepts();
const branches = concepts.children("music");

test("our concepts are one tree: each but the root has one parent, and the root reaches all", () => {
  const children = concepts.nodes.flatMap(({ childIds }) => childIds);
  expect(new Set(children).size).toBe(children.length);
  expect(children.length).toBe(concepts.nodes.length - 1);
  expect(children).not.toContain("music");
  // One parent each and all reached from the root: there is no room for a cycle.
  expect(concepts.subtree("music").length).toBe(concepts.nodes.length);
});

test("there are five branches and at least 150 concepts without children", () => {
  expect(branches.map(({ id }) => id)).toEqual(["genre", "instrument", "mood", "role", "era"]);
  expect(concepts.nodes.filter(({ childIds }) => childIds.length === 0).length).toBe(225);
  for (const { id } of branches) expect(concepts.subtree(id).length).toBeGreaterThan(16);
});

test("names are distinct, and ids begin with their branch", () => {
  const names = concepts.nodes.map(({ name }) => name.toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  for (const branch of branches) {
    const below = concepts.subtree(branch.id).slice(1);
    expect(below.filter(({ id }) => !id.startsWith(`${branch.id}/`))).toEqual([]);
  }
});

test("every description is a sentence or two, and no two are the same", () => {
  const descriptions = concepts.nodes.map(({ description }) => description);
  expect(new Set(descriptions).size).toBe(descriptions.length);
  expect(descriptions.filter((text) => text.length < 30 || text.length > 160)).toEqual([]);
  expect(descriptions.filter((text) => !/^[A-Z].*\.$/.test(text))).toEqual([]);
});

test("no description holds its own concept's name", () => {
  const telling = concepts.nodes.filter(({ name, description }) =>
    description.toLowerCase().includes(name.toLowerCase()),
  );
  expect(telling.map(({ id }) => id)).toEqual([]);
});

test("choices of AudioSet's classes have counterparts", () => {
  expect(musicClasses(concepts, "genres").length).toBeGreaterThan(25);
  expect(musicClasses(concepts, "instruments-genres-roles").length).toBe(195);
  expect(musicClasses(concepts, "all").length).toBe(242);
});
