import { expect, it } from "vitest";
import { CellQueue } from "./cellQueue.ts";

function recorder(failing?: string) {
  const log: string[] = [];
  const queue = new CellQueue<string>(
    async (item) => {
      log.push(`run ${item}`);
      await Promise.resolve();
      return item === failing ? "stop" : "go on";
    },
    (item) => log.push(`give up ${item}`),
  );
  return { log, queue };
}

it("runs cells one after the other, also those added while it runs", async () => {
  const { log, queue } = recorder();
  const first = queue.add(["a", "b"]);
  void queue.add(["c"]);
  await first;
  expect(log).toEqual(["run a", "run b", "run c"]);
});

it("gives up the cells behind one that fails", async () => {
  const { log, queue } = recorder("b");
  await queue.add(["a", "b", "c", "d"]);
  expect(log).toEqual(["run a", "run b", "give up c", "give up d"]);
  await queue.add(["e"]);
  expect(log.at(-1)).toBe("run e");
});

it("gives up what has not begun when it is cleared", async () => {
  const { log, queue } = recorder();
  const running = queue.add(["a", "b"]);
  queue.clear();
  await running;
  expect(log).toEqual(["run a", "give up b"]);
});
