import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { abortable } from "./abortable.ts";

test("work that ends first gives its result", async () => {
  expect(await abortable(Promise.resolve(7), new AbortController().signal)).toBe(7);
  expect(await abortable(Promise.resolve(7), undefined)).toBe(7);
});

test("an abort rejects at once although the work goes on", async () => {
  const controller = new AbortController();
  const waiting = abortable(sleep(60_000, 0, { ref: false }), controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
});

test("work that fails after its abort is not an unhandled rejection", async () => {
  const failing = sleep(5).then(() => Promise.reject(new Error("late")));
  await expect(abortable(failing, AbortSignal.abort(new Error("early")))).rejects.toThrow("early");
  await sleep(10);
});
