import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeFloat16, type SimilarityFigure } from "../../kernel/mulan/figures/contract.ts";
import { decodeBase64 } from "../../kernel/mulan/figures/payload.ts";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";
import { TestSession } from "./runCells.ts";

const session = new TestSession({ cwd: join(packageRoot, "samples/audio") });
let figure: SimilarityFigure;

beforeAll(async () => {
  const { events, errors } = await session.run(`
    const clips = await mulan.readAudio(["01-nocturne-piano.flac", "06-chiptune.wav"]);
    const model = await mulan.load();
    const matrix = mulan.similarity(await model.embedText(["solo piano"]), await model.embedAudio(clips));
    matrix`);
  expect(errors).toEqual([]);
  const result = events.find((event) => event.type === "result");
  figure = result?.bundle["application/vnd.mulan.similarity.v1+json"] as SimilarityFigure;
});
afterAll(() => session[Symbol.asyncDispose]());

const model = () => figure.model!;
const clips = () => figure.columns.clips as string[];

test("an engine knows the clips and models that it has shown, and no others", async () => {
  const { supervisor } = session;
  const shown = await supervisor.live("known", { clips: clips(), model: model() });
  expect(shown).toEqual({ clips: true, model: true });
  const strange = await supervisor.live("known", { clips: ["clip-0000000000000000"], model: "x" });
  expect(strange).toEqual({ clips: false, model: false });
});

test("a typed prompt gets the cosines that a cell would get", async () => {
  const columns = clips().map((clip) => ({ clip }));
  const asked = { text: "8-bit video game music", columns, model: model() };
  const { cosines } = await session.supervisor.live("similarityRow", asked);
  const { result } = await session.run(
    `Array.from(mulan.similarity(await model.embedText([${JSON.stringify(asked.text)}]), await model.embedAudio(clips)).values)`,
  );
  const expected = JSON.parse(result!.replace(/\s+/g, "")) as number[];
  expect(decodeFloat16(cosines).length).toBe(2);
  decodeFloat16(cosines).forEach((cosine, i) => {
    expect(cosine).toBeCloseTo(expected[i]!, 3);
  });
});

test("sound comes in pieces of the clip's own channels", async () => {
  const piece = await session.supervisor.live("audio", {
    clip: clips()[1]!,
    startSec: 1,
    durationSec: 0.5,
  });
  const { result } = await session.run(
    "Array.from((await clips[1].excerpt({ startSec: 1, durationSec: 0.5 }).channels())[0].slice(0, 4))",
  );
  const expected = JSON.parse(result!.replace(/\s+/g, "")) as number[];
  const bytes = decodeBase64(piece.channels[0]!);
  expect(bytes.length).toBe(2 * Math.round(0.5 * piece.sampleRateHz));
  const samples = new Int16Array(bytes.buffer, 0, 4);
  samples.forEach((sample, i) => {
    expect((sample / 32767) * piece.limit).toBeCloseTo(expected[i]!, 4);
  });
});

test("a piece after the clip's end is empty, one that is too long is refused", async () => {
  const { supervisor } = session;
  const clip = clips()[0]!;
  const after = await supervisor.live("audio", { clip, startSec: 1e6, durationSec: 1 });
  expect(after).toMatchObject({ channels: [""], durationSec: 0 });
  const long = supervisor.live("audio", { clip, startSec: 0, durationSec: 1e6 });
  await expect(long).rejects.toThrow("not as the engine expects it");
});

test("a path is no id: nothing is read for it", async () => {
  for (const clip of ["01-nocturne-piano.flac", "/etc/passwd", "file:///etc/passwd"]) {
    const asked = session.supervisor.live("audio", { clip, startSec: 0, durationSec: 1 });
    await expect(asked).rejects.toThrow("has not shown that clip");
  }
});

test("labels are ranked anew, and triplets judged, for what a person types", async () => {
  const { supervisor } = session;
  const ranked = await supervisor.live("zeroShot", {
    clips: clips(),
    labels: ["piano", "video game"],
    prompts: ["{} music"],
    model: model(),
  });
  const { result } = await session.run(
    'Array.from((await mulan.zeroShot(model, clips, ["piano", "video game"], { prompts: "{} music" })).scores)',
  );
  const expected = JSON.parse(result!.replace(/\s+/g, "")) as number[];
  decodeFloat16(ranked.scores).forEach((score, i) => {
    expect(score).toBeCloseTo(expected[i]!, 3);
  });
  const judged = await supervisor.live("triplet", {
    anchor: { text: "solo piano" },
    positive: { clip: clips()[0]! },
    negative: { clip: clips()[1]! },
    model: model(),
  });
  const row = decodeFloat16(figure.values);
  expect(judged.cosinePositive).toBeCloseTo(row[0]!, 3);
  expect(judged.cosineNegative).toBeCloseTo(row[1]!, 3);
});

test("the selection is one: set by a figure, read by a cell, set by a cell, heard by figures", async () => {
  const { supervisor, events } = session;
  await supervisor.live("select", { clips: [clips()[1]!] });
  expect((await session.run("mulan.selection.map((clip) => clip.label)")).result).toBe(
    "[ '06-chiptune' ]",
  );
  await session.run("mulan.selection.add(clips[0])");
  const told = events.flatMap((event) => (event.type === "selection" ? [event.clips] : []));
  expect(told).toEqual([[clips()[1]], [clips()[1], clips()[0]]]);
  expect(await supervisor.live("selection", null)).toEqual({ clips: told[1] });
});

test("samples in memory have ids of their own, however they are called", async () => {
  const { events } = await session.run(`
    const tone = (hz: number) => mulan.Clip.fromSamples(
      Float32Array.from({ length: 8000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / 8000)), 8000);
    await display(mulan.waveform(tone(440)));
    await display(mulan.waveform(tone(880)));`);
  const ids = events.flatMap((event) =>
    event.type === "display"
      ? [(event.bundle["application/vnd.mulan.clip.v1+json"] as { clip: string }).clip]
      : [],
  );
  expect(new Set(ids).size).toBe(2);
  const pieces = await Promise.all(
    ids.map((clip) => session.supervisor.live("audio", { clip, startSec: 0, durationSec: 1 })),
  );
  expect(pieces[0]!.channels[0]).not.toBe(pieces[1]!.channels[0]);
});
