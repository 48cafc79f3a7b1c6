import { expect, it } from "vitest";
import type { SessionEvent } from "../../kernel/session/index.ts";
import { nextKernelState, startingKernel } from "./kernelState.ts";

const error = { name: "EngineEnded", message: "it was killed", frames: [], traceback: [] };
const after = (...events: SessionEvent[]) => {
  let engines = 0;
  return events.reduce(
    (state, event) => nextKernelState(state, event, () => `engine ${++engines}`),
    startingKernel,
  );
};
const started: SessionEvent = { type: "started", again: false };
const busy: SessionEvent = { type: "status", status: "busy", cellId: "c" };

it("follows an engine from its start to its end", () => {
  expect(after(started)).toMatchObject({ phase: "idle", engine: "engine 1" });
  expect(after(started, busy)).toMatchObject({ phase: "busy", engine: "engine 1" });
  expect(after(started, busy, { type: "crashed", error })).toEqual({
    phase: "ended",
    reason: "it was killed",
    selection: [],
  });
});

it("names each engine anew and forgets the selection of the one before", () => {
  const selected: SessionEvent = { type: "selection", clips: ["a"] };
  expect(after(started, selected).selection).toEqual(["a"]);
  expect(after(started, selected, { type: "crashed", error }, started)).toEqual({
    phase: "idle",
    engine: "engine 2",
    selection: [],
  });
});

it("stays the same object when nothing has changed", () => {
  const state = after(started, busy);
  expect(nextKernelState(state, busy, () => "x")).toBe(state);
  expect(
    nextKernelState(state, { type: "stream", cellId: "c", name: "stdout", text: "" }, () => "x"),
  ).toBe(state);
});
