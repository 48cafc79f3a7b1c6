// A report as a cell shows it, asked for its rankings and its sounds through a real engine.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TaggingFigure } from "../../kernel/mulan/figures/contractReport.ts";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: join(packageRoot, "samples/audio") });
let figure: TaggingFigure;
let text: string;

beforeAll(async () => {
  const { events, errors } = await session.run(
    `const model = await mulan.load();
     const { resolve } = await import("node:path");
     const named = (path, ...tags) => ({ id: path, path: resolve(path), tags });
     const dataset = {
       kind: "tagged",
       name: "five samples",
       sha256: "0".repeat(64),
       conventions: [],
       failures: [],
       labels: ["piano", "rock", "choir"],
       items: [
         named("01-nocturne-piano.flac", "piano"),
         named("03-rock-band.mp3", "rock"),
         named("09-heavy-metal.mp3", "rock"),
         named("08-choir-pad.opus", "choir"),
         { ...named("11-organ-chorale.ogg", "choir"), startSec: 1, durationSec: 3 },
       ],
     };
     await mulan.evaluateTagging(model, dataset, { nResamples: 50 })`,
  );
  expect(errors).toEqual([]);
  const result = events.find((event) => event.type === "result");
  figure = result?.bundle["application/vnd.mulan.report.v1+json"] as TaggingFigure;
  text = String(result?.bundle["text/plain"]);
});
afterAll(() => session[Symbol.asyncDispose]());

const ask = () => session.supervisor;

test("a cell's report tells its result in text and carries ids, never paths", () => {
  expect(text).toContain("ROC-AUC (macro)");
  expect(text).toContain("3 labels × 5 clips, five samples");
  expect(figure.report).toMatch(/^report-/);
  expect(JSON.stringify(figure)).not.toContain(packageRoot);
});

test("the engine knows the report and pages through a label's ranking", async () => {
  const clips = figure.clips.clips!.filter((clip) => clip !== null);
  const params = { clips, model: null, report: figure.report! };
  expect(await ask().live("known", params)).toMatchObject({ clips: true, report: true });
  const page = await ask().live("reportRanking", {
    report: figure.report!,
    of: { label: 1 },
    only: "all",
    from: 3,
    count: 100,
  });
  expect(page).toMatchObject({ n: 5, from: 3, places: [4, 5] });
});

test("a clip of the report is opened and heard, an excerpt as long as it is", async () => {
  const place = figure.clips.labels.findIndex((label) => label.includes("organ"));
  const clip = figure.clips.clips![place]!;
  const piece = await ask().live("audio", { clip, startSec: 0, durationSec: 20 });
  expect(piece.durationSec).toBeCloseTo(3, 1);
  await expect(
    ask().live("audio", { clip: "clip-of-nobody", startSec: 0, durationSec: 1 }),
  ).rejects.toThrow("has not shown that clip");
});
