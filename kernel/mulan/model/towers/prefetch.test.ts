import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { prefetch } from "./prefetch.ts";

test("outcomes come in order, failures among them", async () => {
  const seen: unknown[] = [];
  const make = async (ms: number) => {
    await sleep(ms);
    if (ms === 1) throw new Error("one");
    return ms;
  };
  for await (const outcome of prefetch([20, 1, 5], 3, make)) {
    seen.push(outcome.status === "fulfilled" ? outcome.value : (outcome.reason as Error).message);
  }
  expect(seen).toEqual([20, "one", 5]);
});

test("never more is under way than was asked for", async () => {
  let underWay = 0;
  let most = 0;
  const items = Array.from({ length: 20 }, (_, i) => i);
  const make = async () => {
    most = Math.max(most, ++underWay);
    await sleep(1);
    underWay -= 1;
  };
  for await (const _ of prefetch(items, 4, make)) await sleep(0);
  expect(most).toBe(4);
});
