// What a person waits for in an output: the page of a notebook in headless Chromium, the real engine and model behind it.
import { join } from "node:path";
import type { Figure, SimilarityFigure } from "../kernel/mulan/figures/contract.ts";
import { similarityFigure } from "../kernel/mulan/figures/similarity/figure.ts";
import { packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";
import { Supervisor } from "../kernel/session/index.ts";
import { Bed, Workshop, whyNotHere } from "../test/renderers/bed.ts";

const REPEATS = 7;
const restMs = 500;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function tell(what: string, valuesMs: readonly number[]): void {
  const rounded = [...valuesMs].sort((a, b) => a - b).map((value) => value.toFixed(0));
  console.log(`${what}: median ${median(valuesMs).toFixed(0)} ms (${rounded.join(", ")})`);
}

function matrixOf(side: number): Figure {
  const labels = Array.from({ length: side }, (_, i) => `row ${i}`);
  const values = Float32Array.from({ length: side * side }, (_, i) => Math.sin(i * 0.37) / 2);
  const input = { rows: labels, columns: labels, values, modelId: "none" };
  return similarityFigure({ ...input, rowModality: "audio", columnModality: "audio" }, {});
}

async function drawMatrices(workshop: Workshop): Promise<void> {
  for (const side of [16, 200, 512, 1000]) {
    const figure = matrixOf(side);
    const timesMs: number[] = [];
    for (let i = 0; i < REPEATS; i++) {
      await using bed = await Bed.open(workshop);
      await bed.render(matrixOf(2), { id: "warm" });
      await bed.page.locator("#warm [data-drawn=yes]").waitFor();
      const startMs = performance.now();
      const output = await bed.render(figure);
      await output.locator("[data-drawn=yes]").waitFor();
      timesMs.push(performance.now() - startMs);
    }
    tell(`heatmap of ${side} × ${side}, from JSON to pixels`, timesMs);
  }
}

async function askEngine(workshop: Workshop): Promise<void> {
  await using supervisor = new Supervisor({ cwd: join(packageRoot, "samples/audio") });
  let figure: SimilarityFigure | undefined;
  await supervisor.execute(
    `const clips = await mulan.readAudio(".");
     const model = await mulan.load();
     mulan.similarity(await model.embedText(["solo piano", "techno"]), await model.embedAudio(clips))`,
    {
      onEvent: (event) => {
        if (event.type !== "result") return;
        figure = event.bundle["application/vnd.mulan.similarity.v1+json"] as SimilarityFigure;
      },
    },
  );
  if (!figure) throw new Error("the engine drew no figure");
  const kernel = (name: string, params: never) => supervisor.live(name as never, params);
  await using bed = await Bed.open(workshop, { kernel });
  const output = await bed.render(figure);
  const field = output.getByLabel("Add prompt");
  await field.waitFor();
  const rowsMs: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    await field.fill(`a calm piece for ${i + 2} guitars`);
    const startMs = performance.now();
    await field.press("Enter");
    await output.locator(`[data-label=r${i + 2}]`).waitFor();
    rowsMs.push(performance.now() - startMs);
  }
  tell("prompt typed → new row", rowsMs);
  const repliesMs: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const startMs = performance.now();
    await supervisor.live("known", { clips: [], model: figure.model });
    repliesMs.push(performance.now() - startMs);
  }
  tell("request → reply of the engine", repliesMs);
  const heatmap = output.locator(".heatmap");
  const { width } = (await heatmap.boundingBox())!;
  const soundsMs: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const x = ((i + 0.5) * width) / figure.columns.labels.length;
    await heatmap.hover({ position: { x, y: 5 } });
    await bed.page.waitForTimeout(restMs);
    const before = Number(await bed.evaluate("bed.started.length"));
    await heatmap.click({ position: { x, y: 5 } });
    await bed.page.waitForFunction(`bed.started.length > ${before}`);
    soundsMs.push(Number(await bed.evaluate(`bed.started[${before}].sincePressMs`)));
    await bed.page.keyboard.press(" ");
  }
  tell("click → sound, half a second after the pointer came to rest", soundsMs);
}

const obstacle = whyNotHere();
if (obstacle) console.log(obstacle);
else {
  await using workshop = await Workshop.open();
  await drawMatrices(workshop);
  await askEngine(workshop);
}
