import { expect, test } from "vitest";
import { decodeFloat16, encodeFloat16 } from "../../kernel/mulan/figures/contract.ts";
import { collapseLoss, type LossFigure } from "../../kernel/mulan/figures/contractLoss.ts";
import { cellAt, courseOf, layoutLoss, sphereOf } from "./layout.ts";
import { savedTable } from "./saved.ts";
import { atSnapshot, derive, editedFigure, initialState, moved, withFigure } from "./state.ts";

const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];

function batch(cosines = identity): LossFigure {
  const size = Math.sqrt(cosines.length);
  const labels = (name: string) => Array.from({ length: size }, (_, i) => `${name} ${i}`);
  return {
    family: "loss",
    version: 1,
    title: "",
    reading: "",
    model: "m",
    footnote: "",
    id: "loss-1",
    form: "clip",
    temperature: 1,
    nPairs: 9,
    batchSize: size,
    audio: { labels: labels("clip"), modality: "audio", clips: labels("id") },
    text: { labels: labels("text"), modality: "text" },
    cosines: encodeFloat16(cosines),
    loss: 0,
    collapseLoss: 0,
    sameAbove: 0.9,
    falseNegatives: [{ i: 0, j: 2, sameText: true, cosine: 1 }],
    training: null,
  };
}

/** Two moments: the texts opposite their clips, then on them. */
function training(): LossFigure {
  const numbers = { loss: 0, gap: 0, alignment: 0, uniformity: [0, 0] as const, accuracy: 0 };
  const opposite = identity.map((value) => -value);
  return {
    ...batch(),
    training: {
      dim: 3,
      nSteps: 10,
      learningRate: 0.1,
      learnsTemperature: true,
      losses: encodeFloat16([3, 1]),
      stepsPerLoss: 5,
      collapsedAt: [],
      snapshots: [
        { step: 0, temperature: 0.5, ...numbers },
        { step: 10, temperature: 0.25, ...numbers, gap: 0.75 },
      ],
      points: encodeFloat16([...identity, ...opposite, ...identity, ...identity]),
    },
  };
}

test("a hotter temperature brings the loss to the collapse line", () => {
  const state = initialState(batch());
  const wanted = Math.log((Math.E + 2) / Math.E);
  expect(derive(state).loss).toBeCloseTo(wanted, 6);
  const hot = derive({ ...state, temperature: 1e4 });
  expect(hot.loss).toBeCloseTo(hot.collapseLoss, 3);
  expect(hot.title).toContain("temperature 1.0e+4");
});

test("fewer pairs are the first of the matrix, with what belongs to them", () => {
  const state = { ...initialState(batch()), size: 2 };
  const derived = derive(state);
  expect([...derived.cosines]).toEqual([1, 0, 0, 1]);
  expect(derived.falseNegatives).toEqual([]);
  expect(derived.collapseLoss).toBe(collapseLoss(2, "clip"));
  const edited = editedFigure(state);
  expect(edited.batchSize).toBe(2);
  expect(edited.audio.clips).toEqual(["id 0", "id 1"]);
  expect([...decodeFloat16(edited.cosines)]).toEqual([1, 0, 0, 1]);
  expect(edited.title).toContain("2 of 9 pairs");
});

test("each moment of a training has its own points and temperature", () => {
  const last = initialState(training());
  expect(last.snapshot).toBe(1);
  expect([...derive(last).cosines]).toEqual(identity);
  expect(derive(last).reading).toContain("gap between audio and text 0.75");
  const first = atSnapshot(last, 0);
  expect([...derive(first).cosines]).toEqual(identity.map((value) => 0 - value));
  expect(first.temperature).toBe(0.5);
  expect(atSnapshot(last, 99).snapshot).toBe(1);
});

test("an answer of the engine keeps the view and an inside cursor", () => {
  const state = { ...moved(initialState(batch()), 9, 9), view: "rows" as const };
  expect(state.cursor).toEqual({ row: 2, column: 2 });
  const next = withFigure(state, batch([1, 0, 0, 1]));
  expect(next).toMatchObject({ view: "rows", size: 2, cursor: { row: 1, column: 1 } });
});

test.each([400, 700, 1100])("%d px hold the matrix, the sphere and the course", (width) => {
  const layout = layoutLoss(width, 16, true);
  for (const { left, side } of [layout.matrix, sphereOf(layout), courseOf(layout)]) {
    expect(left).toBeGreaterThanOrEqual(0);
    expect(side).toBeGreaterThan(120);
    expect(left + side).toBeLessThanOrEqual(width);
  }
  const { left, top, side } = layout.matrix;
  expect(cellAt(layout, 16, left + 1, top + side - 1)).toEqual({ row: 15, column: 0 });
  expect(cellAt(layout, 16, left + side + 1, top)).toBeUndefined();
});

test("a table has a line for each cell, or for each moment", () => {
  expect(savedTable(initialState(batch()))).toHaveLength(10);
  expect(savedTable(initialState(training()))[2]!.slice(0, 3)).toEqual([10, 0, 0.75]);
});
