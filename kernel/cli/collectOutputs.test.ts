import { expect, test } from "vitest";
import type { EngineEvent } from "../session/protocol.ts";
import { OutputCollector } from "./collectOutputs.ts";

const cellId = "c1";
const stream = (text: string, name: "stdout" | "stderr" = "stdout"): EngineEvent => ({
  type: "stream",
  cellId,
  name,
  text,
});
const display = (text: string, displayId?: string): EngineEvent => ({
  type: "display",
  cellId,
  bundle: { "text/plain": text },
  ...(displayId && { displayId }),
});

function collect(...events: EngineEvent[]) {
  const collector = new OutputCollector();
  for (const event of events) collector.add(event);
  return collector.outputsOf(cellId);
}

test("pieces of one stream become one output of lines", () => {
  expect(collect(stream("a\nb"), stream("c\n"), stream("!", "stderr"))).toEqual([
    { output_type: "stream", name: "stdout", text: ["a\n", "bc\n"] },
    { output_type: "stream", name: "stderr", text: ["!"] },
  ]);
});

test("an update changes the display where it stands", () => {
  const update: EngineEvent = {
    type: "updateDisplay",
    cellId: "c2",
    displayId: "d",
    bundle: { "text/plain": "new" },
  };
  expect(collect(display("old", "d"), display("other"), update)).toMatchObject([
    { data: { "text/plain": ["new"] } },
    { data: { "text/plain": ["other"] } },
  ]);
});

test("clearing with wait keeps the old output until the next one comes", () => {
  const clear: EngineEvent = { type: "clearOutput", cellId, wait: true };
  expect(collect(stream("old"), clear)).toHaveLength(1);
  expect(collect(stream("old"), clear, stream("new"))).toMatchObject([{ text: ["new"] }]);
  expect(collect(stream("old"), { ...clear, wait: false })).toEqual([]);
});

test("results keep JSON and images, errors keep their traceback", () => {
  const bundle = { "text/plain": "x\ny", "application/json": { a: 1 }, "image/png": "aGk=" };
  const error = { name: "TypeError", message: "no", frames: [], traceback: ["TypeError: no"] };
  expect(
    collect(
      { type: "result", cellId, bundle, executionCount: 4 },
      { type: "error", cellId, error },
    ),
  ).toEqual([
    {
      output_type: "execute_result",
      data: { ...bundle, "text/plain": ["x\n", "y"] },
      metadata: {},
      execution_count: 4,
    },
    { output_type: "error", ename: "TypeError", evalue: "no", traceback: ["TypeError: no"] },
  ]);
});

test("an endless stream is cut with a note", () => {
  const [output] = collect(...Array.from({ length: 30 }, () => stream("x".repeat(100_000))));
  const text = (output!.text as string[]).join("");
  expect(text.length).toBeLessThan(1_000_100);
  expect(text).toContain("output cut here");
});
