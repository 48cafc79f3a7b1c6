import { expect, it, vi } from "vitest";
import type { HostMessage } from "../../kernel/mulan/figures/rendererMessages.ts";
import { noKernel } from "../session/kernelState.ts";
import { answerRequest } from "./answerRequest.ts";

const request = {
  type: "live",
  requestId: "r",
  name: "known",
  params: { clips: [], model: null },
} as const;
const idle = { ...noKernel, phase: "idle" } as const;
const busy = { ...noKernel, phase: "busy" } as const;

it("answers with what the engine says", async () => {
  const heard: HostMessage[] = [];
  const live = vi.fn(async () => ({ clips: true, model: true }) as never);
  await answerRequest(request, { state: idle, live }, (message) => heard.push(message));
  expect(live).toHaveBeenCalledWith("known", { clips: [], model: null });
  expect(heard).toEqual([{ type: "reply", requestId: "r", value: { clips: true, model: true } }]);
});

it("refuses with the engine's reason, or for want of an engine", async () => {
  const heard: HostMessage[] = [];
  const live = () => Promise.reject(new Error("MulanError: the model x is not loaded"));
  await answerRequest(request, { state: idle, live }, (message) => heard.push(message));
  await answerRequest(request, undefined, (message) => heard.push(message));
  expect(heard).toMatchObject([
    { type: "refusal", message: "the model x is not loaded" },
    { type: "refusal", message: expect.stringContaining("run a cell first") },
  ]);
});

it("says that it waits for the running cell, before it answers", async () => {
  vi.useFakeTimers();
  const heard: HostMessage[] = [];
  let resolve: (value: never) => void = () => {};
  const promise = new Promise<never>((settle) => {
    resolve = settle;
  });
  const answered = answerRequest(request, { state: busy, live: () => promise }, (message) =>
    heard.push(message),
  );
  await vi.advanceTimersByTimeAsync(200);
  resolve({} as never);
  await answered;
  vi.useRealTimers();
  expect(heard.map(({ type }) => type)).toEqual(["waiting", "reply"]);
});
