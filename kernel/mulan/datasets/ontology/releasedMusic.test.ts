import { expect, test } from "vitest";
import { musicClasses } from "./musicClasses.ts";
import { musicConcepts } from "./musicConcepts.ts";
import { readOntology } from "./readOntology.ts";
import { releasedMusic } from "./releasedMusic.ts";

test("another ontology than AudioSet's has no released classes", async () => {
  expect(releasedMusic(await musicConcepts())).toBeUndefined();
});

const real = process.env.MULAN_ONTOLOGY;
test.skipIf(!real)("of AudioSet's (MULAN_ONTOLOGY) both choices have 141 classes", async () => {
  const ontology = await readOntology(real!);
  const released = releasedMusic(ontology);
  const count = (classes: Parameters<typeof musicClasses>[1]) =>
    musicClasses(ontology, classes, released).length;
  expect(released?.size).toBe(150);
  expect(count("instruments-genres-roles")).toBe(141);
  expect(count("all-but-roles")).toBe(141);
  expect(count("all")).toBe(150);
  expect(count("genres")).toBe(25);
});
