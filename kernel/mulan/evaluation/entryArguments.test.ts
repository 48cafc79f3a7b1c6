import { expect, test } from "vitest";
import type { CaptionedDataset, PlaylistDataset } from "../datasets/dataset.ts";
import { taggedDataset } from "./dataset.testkit.ts";
import { evaluateTriplets } from "./evaluateTriplets.ts";
import { letterModel } from "./letterModel.testkit.ts";
import { evaluateProbe } from "./probe/evaluateProbe.ts";
import { evaluateRetrieval } from "./retrieval/evaluateRetrieval.ts";
import { evaluateTagging } from "./tagging/evaluateTagging.ts";

const model = letterModel();
const { kind: _, labels: __, items: ___, ...facts } = taggedDataset([]);
const tagged = taggedDataset([{ id: "a", path: "/a.wav", tags: ["x"] }]);
const captioned: CaptionedDataset = { ...facts, kind: "captioned", items: [] };
const playlists: PlaylistDataset = { ...facts, kind: "playlists", playlists: [] };

/** As a notebook calls them, which no compiler checks. */
type Loose = (...given: unknown[]) => Promise<unknown>;
const [tagging, probe, retrieval, triplets] = [
  evaluateTagging as Loose,
  evaluateProbe as Loose,
  evaluateRetrieval as Loose,
  evaluateTriplets as Loose,
];

test.each([
  [
    "tagging",
    tagging,
    playlists,
    /labels \(readMagna.*got a data set of playlists\)\. Ask evaluateRetrieval/,
  ],
  ["tagging", tagging, captioned, /got a data set of sounds with captions/],
  ["probe", probe, captioned, /evaluateProbe cannot ask this.*Ask evaluateRetrieval/],
  [
    "retrieval",
    retrieval,
    tagged,
    /playlists \(readPlaylists\), or sounds with captions.*Ask evaluateTagging/,
  ],
  ["probe", probe, [{ path: "a.wav", tags: [] }], /got a list of 1/],
  ["tagging", tagging, "magnatagatune", /got "magnatagatune"/],
  ["tagging", tagging, undefined, /got undefined/],
] as const)("%s says which data it asks", async (_, call, data, message) => {
  const refused = call(model, data);
  await expect(refused).rejects.toThrow(message);
  await expect(refused).rejects.toMatchObject({ code: "evaluation.dataset" });
});

test.each([tagging, probe, retrieval, triplets])("no model is refused: %s", async (call) => {
  for (const odd of [undefined, null, "mulan-mini", {}, playlists]) {
    await expect(call(odd, tagged)).rejects.toMatchObject({ code: "evaluation.model" });
  }
});

test("a text encoder alone hears no data set, and a data set is no list of triplets", async () => {
  const words = { id: "words", embedText: model.embedText };
  await expect(tagging(words, tagged)).rejects.toThrow(/hears nothing.*evaluateTriplets/);
  await expect(triplets(model, playlists)).rejects.toMatchObject({ code: "triplets.rows" });
  await expect(triplets(model, undefined)).rejects.toThrow(/these are no triplets/);
});
