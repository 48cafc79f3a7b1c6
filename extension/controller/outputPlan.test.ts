import { expect, it } from "vitest";
import type { SessionEvent } from "../../kernel/session/index.ts";
import { mergeActions, noOutputs, type OutputAction, planOutput } from "./outputPlan.ts";

const cellId = "c";
const print = (text: string, name: "stdout" | "stderr" = "stdout"): SessionEvent => ({
  type: "stream",
  cellId,
  name,
  text,
});
const show = (text: string, displayId?: string): SessionEvent => ({
  type: "display",
  cellId,
  bundle: { "text/plain": text },
  ...(displayId && { displayId }),
});
const clear = (wait: boolean): SessionEvent => ({ type: "clearOutput", cellId, wait });

function planAll(events: readonly SessionEvent[]): OutputAction[] {
  let state = noOutputs;
  return events.flatMap((event) => {
    const step = planOutput(state, event);
    state = step.state;
    return step.actions;
  });
}
const kinds = (actions: readonly OutputAction[]) => actions.map((action) => action.do);

it("appends the first text of a stream and extends it by the next", () => {
  expect(planAll([print("a"), print("b")])).toEqual([
    { do: "append", output: { kind: "stream", name: "stdout", text: "a" } },
    { do: "extend", name: "stdout", text: "b" },
  ]);
});

it("begins a new output where the stream changes or a display came between", () => {
  expect(kinds(planAll([print("a"), print("b", "stderr"), print("c")]))).toEqual([
    "append",
    "append",
    "append",
  ]);
  expect(kinds(planAll([print("a"), show("x"), print("b")]))).toEqual([
    "append",
    "append",
    "append",
  ]);
});

it("keeps the old outputs until the next one when a clear waits", () => {
  expect(kinds(planAll([print("a"), clear(true)]))).toEqual(["append"]);
  expect(kinds(planAll([print("a"), clear(true), print("b")]))).toEqual([
    "append",
    "clear",
    "append",
  ]);
  expect(kinds(planAll([print("a"), clear(false), print("b")]))).toEqual([
    "append",
    "clear",
    "append",
  ]);
});

it("redraws a display by its id and leaves an open stream open", () => {
  const update: SessionEvent = {
    type: "updateDisplay",
    cellId,
    displayId: "d",
    bundle: { "text/plain": "2" },
  };
  expect(kinds(planAll([show("1", "d"), print("a"), update, print("b")]))).toEqual([
    "append",
    "append",
    "redraw",
    "extend",
  ]);
});

it("takes no notice of what is not an output", () => {
  expect(planAll([{ type: "progress", cellId, label: "x", done: 1, total: 2 }])).toEqual([]);
});

it("joins text that arrived while an edit was under way", () => {
  const many = planAll([show("x"), ...Array.from({ length: 1000 }, () => print("."))]);
  const merged = mergeActions(many);
  expect(merged).toHaveLength(2);
  expect(merged[1]).toMatchObject({ output: { text: ".".repeat(1000) } });
});

it("forgets what a clear would remove anyway", () => {
  expect(kinds(mergeActions(planAll([print("a"), show("x"), clear(false), show("y")])))).toEqual([
    "clear",
    "append",
  ]);
});
