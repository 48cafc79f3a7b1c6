import { expect, it } from "vitest";
import { parseMessage } from "./parseMessage.ts";

it("lets a renderer's messages through", () => {
  const live = { type: "live", requestId: "1", name: "known", params: { clips: [], model: null } };
  expect(parseMessage({ type: "hello" })).toEqual({ type: "hello" });
  expect(parseMessage(live)).toEqual(live);
  const edited = {
    type: "edited",
    outputId: "o",
    figure: { family: "similarity", version: 1, rows: [] },
  };
  expect(parseMessage(edited)).toEqual(edited);
});

it("takes no notice of anything else", () => {
  for (const received of [
    null,
    "hello",
    { type: "execute", code: "1" },
    { type: "live", name: "known" },
    { type: "edited", outputId: "o", figure: { family: "html", version: 1 } },
    { type: "insertCell", outputId: "o", code: "x".repeat(20_001) },
  ]) {
    expect(parseMessage(received)).toBeUndefined();
  }
});
