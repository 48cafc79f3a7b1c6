// What a person types outlives the drawing that they typed it into: outputs are drawn anew when they are written.
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { contentId } from "../../kernel/mulan/figures/contentId.ts";
import {
  encodeFloat16,
  type Figure,
  type SimilarityFigure,
  type TimelineFigure,
} from "../../kernel/mulan/figures/contract.ts";
import { timelineOf } from "../../kernel/mulan/figures/figures.testkit.ts";
import type { Bed, TestKernel } from "./bed.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { clipKernel } from "./clipKernel.ts";
import { slowEngine } from "./slowEngine.ts";
import { prompts, similarityFigure, tripletsFigure, zeroShotFigure } from "./values.ts";

const browser = shareBrowser();

const otherAnswers = clipKernel([]);
/** Answers a typed prompt with four cosines. */
const laneKernel: TestKernel = (name, params) =>
  name === "timelineRow"
    ? { cosines: encodeFloat16([0.1, 0.9, 0.2, 0.3]), score: 0.8 }
    : otherAnswers(name, params);

/** Figures that were written back so far. */
function written(bed: Bed): Figure[] {
  return bed.heard.flatMap((message) => (message.type === "edited" ? [message.figure] : []));
}

/** Does what the host does with the latest of them: the output is drawn anew, with its keys in another order. */
async function drawWritten(bed: Bed): Promise<void> {
  await expect.poll(() => written(bed).length).toBeGreaterThan(0);
  const { family, ...rest } = written(bed).at(-1)!;
  await bed.render({ ...rest, family } as Figure);
}

/** From top to bottom: the page keeps them in the order in which they came. */
const rowLabels = (output: Locator) =>
  output.locator("[data-label^=r]").evaluateAll((all) =>
    all
      .map((each) => [Number(each.getAttribute("data-label")?.slice(1)), each] as const)
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each.querySelector("title")?.textContent),
  );

interface Open<F extends Figure> {
  readonly bed: Bed;
  readonly figure: F;
  readonly output: Locator;
  /** Answers of the slow kind are kept back from now on, until they are released. */
  hold(): void;
  release(): void;
}

/** Uses a live figure on a page of its own; the engine can be slow in answering one kind of request. */
async function withFigure<F extends Figure>(
  figure: F,
  slow: string,
  use: (open: Open<F>) => Promise<void>,
  answer?: TestKernel,
): Promise<void> {
  const { kernel, hold, release } = slowEngine(slow, answer);
  await browser.withBed({ kernel }, async (bed) => {
    const output = await bed.render(figure);
    await use({ bed, figure, output, hold, release });
  });
}

interface OpenHeatmap extends Open<SimilarityFigure> {
  /** Where prompts are typed. */
  readonly field: Locator;
}

async function withHeatmap(use: (open: OpenHeatmap) => Promise<void>): Promise<void> {
  await withFigure(await similarityFigure(), "similarityRow", async (open) => {
    const field = open.output.getByLabel("Add prompt");
    await field.waitFor();
    await use({ ...open, field });
  });
}

/** The same with "rock" typed and answered, the keyboard still in its field. */
function withTypedRow(use: (open: OpenHeatmap) => Promise<void>): Promise<void> {
  return withHeatmap(async (open) => {
    await open.field.click();
    await open.bed.page.keyboard.type("rock\n");
    await expect.poll(() => rowLabels(open.output)).toContain("rock");
    await use(open);
  });
}

/** By which a page knows the output of a cell that is about to run. */
const contentOf = (figure: Figure) => contentId(new TextEncoder().encode(JSON.stringify(figure)));

describeInBrowser("a figure whose cell waits to run", () => {
  test("says so and takes no text, keeps what stands half typed, and goes on when the cell was given up", () =>
    withHeatmap(async ({ bed, figure, output, field }) => {
      const other = await bed.render(await similarityFigure(["violin"]), { id: "other" });
      await field.fill("half");
      await bed.deliver({ type: "aboutToRun", outputs: [contentOf(figure)] });
      await output.getByText("its cell is waiting to run").waitFor();
      expect(await field.count()).toBe(0);
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("e");
      expect(await output.getByLabel("Edit prompt").count()).toBe(0);
      expect(await other.getByLabel("Add prompt").count()).toBe(1);
      // The first cell has loaded the model: that makes nothing live that is about to go.
      await bed.deliver({ type: "kernel", state: "busy", engine: "engine-1" });
      await bed.deliver({ type: "kernel", state: "idle", engine: "engine-1" });
      await expect
        .poll(
          () => bed.heard.filter((each) => each.type === "live" && each.name === "known").length,
        )
        .toBeGreaterThan(2);
      await bed.page.waitForTimeout(200);
      expect(await field.count()).toBe(0);
      await bed.deliver({ type: "aboutToRun", outputs: [] });
      await output.getByText("its cell is waiting to run").waitFor({ state: "detached" });
      expect(await field.inputValue()).toBe("half");
    }));

  test("what was entered before it waited is answered when the cell was given up", () =>
    withHeatmap(async ({ bed, figure, output, field, hold, release }) => {
      await field.click();
      hold();
      await bed.page.keyboard.type("rock\ntechno\n");
      await bed.deliver({ type: "aboutToRun", outputs: [contentOf(figure)] });
      await bed.deliver({ type: "aboutToRun", outputs: [] });
      release();
      await expect.poll(() => rowLabels(output)).toEqual([...prompts, "rock", "techno"]);
    }));
});

describeInBrowser("an output that is drawn anew", () => {
  test("keeps prompts that were typed one after the other and are not answered yet", () =>
    withHeatmap(async ({ bed, figure, output, field, hold, release }) => {
      await field.click();
      hold();
      await bed.page.keyboard.type("rock\ntechno beat\nhalf a pr");
      await expect.poll(() => bed.lastRequest("similarityRow")).toBeDefined();
      await bed.render(figure);
      await bed.page.keyboard.type("ompt");
      release();
      await expect.poll(() => rowLabels(output)).toEqual([...prompts, "rock", "techno beat"]);
      expect(await field.inputValue()).toBe("half a prompt");
    }));

  test("keeps a prompt that is answered while an earlier one is written back", () =>
    withTypedRow(async ({ bed, output, field, hold, release }) => {
      hold();
      await bed.page.keyboard.type("techno beat\n");
      await bed.page.keyboard.press("Control+s");
      await drawWritten(bed);
      await bed.page.keyboard.type("choir at night");
      release();
      await expect.poll(() => rowLabels(output)).toEqual([...prompts, "rock", "techno beat"]);
      expect(await field.inputValue()).toBe("choir at night");
      await bed.page.keyboard.press("Enter");
      await expect.poll(() => rowLabels(output)).toContain("choir at night");
      await field.blur();
      await expect
        .poll(() => written(bed).at(-1))
        .toMatchObject({
          rows: { labels: [...prompts, "rock", "techno beat", "choir at night"] },
        });
    }));

  test("keeps an edit that was made after the one that the host writes", () =>
    withTypedRow(async ({ bed, output, field }) => {
      await bed.page.keyboard.press("Control+s");
      await expect.poll(() => written(bed).length).toBe(1);
      await bed.page.keyboard.type("techno beat\n");
      await expect.poll(() => rowLabels(output)).toContain("techno beat");
      await drawWritten(bed);
      expect(await rowLabels(output)).toEqual([...prompts, "rock", "techno beat"]);
      await field.blur();
      await expect
        .poll(() => written(bed).at(-1))
        .toMatchObject({ rows: { labels: [...prompts, "rock", "techno beat"] } });
    }));

  test("is not written while somebody types in it or waits for an answer", () =>
    withTypedRow(async ({ bed, field, hold, release }) => {
      hold();
      await bed.page.keyboard.type("techno beat\n");
      await field.blur();
      await bed.page.waitForTimeout(800);
      expect(written(bed)).toEqual([]);
      release();
      await expect
        .poll(() => written(bed))
        .toMatchObject([{ rows: { labels: [...prompts, "rock", "techno beat"] } }]);
    }));

  test("a cell that changes its output gets what was typed once more", () =>
    withTypedRow(async ({ bed, output }) => {
      await bed.render(await similarityFigure(["violin"]));
      await expect.poll(() => rowLabels(output)).toEqual(["violin", "rock"]);
    }));

  test("gives a prompt that the engine refused back when there is room for it", () =>
    withHeatmap(async ({ bed, output, field }) => {
      await field.click();
      await bed.page.keyboard.type("123\nrock\n");
      await expect.poll(() => rowLabels(output)).toContain("rock");
      await expect.poll(() => field.inputValue()).toBe("123");
    }));

  test("opens a label that was being edited again, with what was typed", () =>
    withHeatmap(async ({ bed, figure, output }) => {
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("ArrowDown");
      await bed.page.keyboard.press("e");
      await bed.page.keyboard.type("roc");
      await bed.render(figure);
      await bed.page.keyboard.type("k\n");
      await expect.poll(() => rowLabels(output)).toEqual([prompts[0], "rock", prompts[2]]);
    }));

  test("keeps footnote, order and focus of a heatmap", () =>
    withHeatmap(async ({ bed, figure, output }) => {
      await output.locator("details.footnote summary").click();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("c");
      const clustered = [prompts[0], prompts[2], prompts[1]];
      await expect.poll(() => rowLabels(output)).toEqual(clustered);
      await bed.render(figure);
      expect(await output.locator("details.footnote[open]").count()).toBe(1);
      expect(await output.getByLabel("Order").inputValue()).toBe("clusters");
      expect(await rowLabels(output)).toEqual(clustered);
      expect(await bed.evaluate("bed.shadow('output', '.drawing').matches(':focus')")).toBe(true);
    }));

  test("keeps a ranking's labels that are not answered yet, and a template half typed", async () => {
    await withFigure(await zeroShotFigure(), "zeroShot", async (open) => {
      const { bed, figure, output, hold, release } = open;
      hold();
      await output.getByLabel("Labels, separated by commas").fill("rock, techno");
      await bed.page.keyboard.press("Enter");
      await output.getByLabel("Prompt template").fill("the sound of ");
      await bed.render(figure);
      await bed.page.keyboard.type("{}");
      release();
      await output.getByText("techno", { exact: true }).first().waitFor();
      const template = output.getByLabel("Prompt template");
      expect(await template.inputValue()).toBe("the sound of {}");
      await bed.page.keyboard.press("Enter");
      await template.blur();
      await expect
        .poll(() => written(bed).at(-1))
        .toMatchObject({ labels: ["rock", "techno"], prompts: ["the sound of {}"] });
    });
  });

  test("keeps a triplet that is not answered yet and one half typed", async () => {
    await withFigure(await tripletsFigure(), "triplet", async (open) => {
      const { bed, figure, output, hold, release } = open;
      const member = (name: string) => output.getByLabel(`${name}: a text`);
      await output.getByRole("button", { name: "Add triplet" }).click();
      hold();
      await member("anchor").fill("violin");
      await member("positive").fill("viola");
      await member("negative").fill("drum");
      await bed.page.keyboard.press("Enter");
      await bed.page.keyboard.type("trum");
      await bed.render(figure);
      await bed.page.keyboard.type("pet");
      release();
      await output.getByText("4 triplets").first().waitFor();
      expect(await member("anchor").inputValue()).toBe("trumpet");
      await output.getByRole("button", { name: "Cancel" }).click();
      await output.locator(".drawing").blur();
      await expect
        .poll(() => written(bed).at(-1))
        .toMatchObject({
          rows: expect.arrayContaining([expect.objectContaining({ anchor: "violin" })]),
        });
    });
  });

  test("keeps prompts of lanes that are not answered yet", async () => {
    const drawn = timelineOf(["drums", "strings"], { nWindows: 4, windowSec: 3 }) as TimelineFigure;
    const type = async ({ bed, figure, output, hold, release }: Open<TimelineFigure>) => {
      await output.getByLabel("Add prompt").click();
      hold();
      await bed.page.keyboard.type("rock\ntechno beat\nhalf");
      await bed.render(figure);
      release();
      const lanes = [...figure.prompts, "rock", "techno beat"];
      await output.getByText(`${lanes.length} prompts`).first().waitFor();
      expect(await output.getByLabel("Add prompt").inputValue()).toBe("half");
      await output.getByLabel("Add prompt").blur();
      await expect.poll(() => written(bed).at(-1)).toMatchObject({ prompts: lanes });
    };
    await withFigure(drawn, "timelineRow", type, laneKernel);
  });
});
