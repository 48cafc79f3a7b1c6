import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { musicConcepts } from "../../datasets/ontology/musicConcepts.ts";
import { tripletsFromOntology } from "./fromOntology.ts";
import { tripletsFromPlaylists } from "./fromPlaylists.ts";

const folder = await mkdtemp(join(tmpdir(), "mulan-triplets-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("triplets of an ontology", async () => {
  const set = await tripletsFromOntology();
  const { nodes } = await musicConcepts();
  const described = new Map(nodes.map(({ name, description }) => [name, description]));

  test("have a class's name, its own description, and another's", () => {
    expect(set.rows.length).toBe(195 * 5);
    for (const { anchor, positive, negative } of set.rows) {
      expect(described.get(anchor as string)).toBe(positive);
      expect(negative).not.toBe(positive);
    }
  });

  test("never repeat one, and take negatives from all over", () => {
    const different = new Set(set.rows.map((row) => JSON.stringify(row)));
    expect(different.size).toBe(set.rows.length);
    expect(new Set(set.rows.map(({ negative }) => negative)).size).toBeGreaterThan(180);
  });

  test("of one class belong together", () => {
    const { noun, ofRows } = set.clusters!;
    expect(noun).toBe("classes");
    expect(new Set(ofRows).size).toBe(195);
    const named = new Set(set.rows.map(({ anchor }, row) => `${ofRows[row]} ${anchor}`));
    expect(named.size).toBe(195);
  });

  test("are the same for the same seed", async () => {
    expect((await tripletsFromOntology()).sha256).toBe(set.sha256);
    const other = await tripletsFromOntology(undefined, { seed: 1 });
    expect(other.sha256).not.toBe(set.sha256);
    expect(other.rows.length).toBe(set.rows.length);
  });

  test("say how they were made", () => {
    expect(set.name).toBe("music-concepts, 195 classes (instruments-genres-roles)");
    expect(set.conventions.join("\n")).toContain("5 negatives a class");
    expect(set.conventions.join("\n")).toContain("without restrictions");
  });

  test("can be fewer or more a class, but not more than there are", async () => {
    const genres = await tripletsFromOntology(undefined, { classes: "genres", perClass: 2 });
    expect(genres.rows.length).toBe(27 * 2);
    for (const perClass of [27, 0, 1.5]) {
      const asked = tripletsFromOntology(undefined, { classes: "genres", perClass });
      await expect(asked).rejects.toMatchObject({ code: "triplets.few" });
    }
  });
});

test("triplets of playlists need no tracks on disk, and leave out what has no description", async () => {
  const file = join(folder, "evenings.json");
  const list = (title: string, description?: string) => ({
    title,
    ...(description && { description }),
    tracks: ["nowhere.mp3"],
  });
  const playlists = [list("Rain", "Grey and slow"), list("Sun", "Bright and fast"), list("Fog")];
  writeFileSync(file, JSON.stringify({ playlists }));
  const set = await tripletsFromPlaylists(file, { perPlaylist: 1 });
  expect(set.rows).toEqual([
    { anchor: "Rain", positive: "Grey and slow", negative: "Bright and fast" },
    { anchor: "Sun", positive: "Bright and fast", negative: "Grey and slow" },
  ]);
  expect(set.clusters).toEqual({ noun: "playlists", ofRows: [0, 1] });
  expect(set.conventions.join("\n")).toContain("1 playlists without a description");
  await expect(tripletsFromPlaylists(file)).rejects.toThrow("not enough descriptions");
});

test("two playlists of one title are not each other's wrong answer", async () => {
  const file = join(folder, "chill.json");
  const playlists = [
    { title: "Chill", description: "Slow evenings", tracks: ["a.mp3"] },
    { title: "Chill", description: "Soft mornings", tracks: ["b.mp3"] },
    { title: "Run", description: "Fast and loud", tracks: ["c.mp3"] },
  ];
  writeFileSync(file, JSON.stringify({ playlists }));
  const { rows } = await tripletsFromPlaylists(file, { perPlaylist: 2 });
  expect(rows.map(({ anchor, negative }) => `${anchor}: ${negative}`).sort()).toEqual([
    "Chill: Fast and loud",
    "Chill: Fast and loud",
    "Run: Slow evenings",
    "Run: Soft mornings",
  ]);
});

const real = process.env.MULAN_ONTOLOGY;
test.skipIf(!real)("the real ontology (MULAN_ONTOLOGY) gives the article's 705", async () => {
  for (const classes of ["instruments-genres-roles", "all-but-roles"] as const) {
    const set = await tripletsFromOntology(real, { classes });
    expect(set.rows.length).toBe(705);
    expect(set.name).toContain("141 classes");
    expect(set.conventions).toContain("classes: those released with labels");
  }
});
