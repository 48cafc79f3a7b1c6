import { expect, test } from "vitest";
import type { TestKernel } from "./bed.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { embeddingsFigure, engine, tripletsFigure, zeroShotFigure } from "./values.ts";

/** Of a hand: marks may be drawn anew between pressing and letting go. */
const pressMs = 120;

describeInBrowser("figures of rankings, triplets and embeddings", () => {
  const { withBed } = shareBrowser();
  test("a ranking is answered anew for labels and templates that a person types", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await zeroShotFigure());
      const labels = output.getByLabel("Labels, separated by commas");
      await labels.fill("piano, quartet , techno,,piano");
      await labels.press("Enter");
      await output
        .locator(".title", { hasText: "4 clips × 3 labels, cosine; prompt “{} music”" })
        .waitFor();
      expect(bed.lastRequest("zeroShot")!.params).toMatchObject({
        labels: ["piano", "quartet", "techno"],
      });
      expect(await output.locator("text", { hasText: /^techno$/ }).count()).toBe(4);
      const template = output.getByLabel("Prompt template");
      await template.fill("a recording of {}");
      await template.press("Enter");
      await output.locator(".title", { hasText: "a recording of {}" }).waitFor();
      await template.fill("no place for a label");
      await template.press("Enter");
      await output.locator(".status.error", { hasText: "no place for the label" }).waitFor();
      await template.blur();
      await expect
        .poll(() => bed.heard.find(({ type }) => type === "edited"))
        .toMatchObject({ figure: { labels: ["piano", "quartet", "techno"] } });
    }));

  test("softmax shares stand beside cosines, with chance, a temperature and a word of warning", () =>
    withBed({}, async (bed) => {
      const output = await bed.render(await zeroShotFigure());
      expect(await output.locator(".note").textContent()).toContain("not a percentage");
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("m");
      await output.locator(".note", { hasText: "Tick: chance, 1/3" }).waitFor();
      const shares = () => output.locator("text", { hasText: /^[01]\.\d\d$/ }).allTextContents();
      const before = await shares();
      expect(before.length).toBeGreaterThanOrEqual(12);
      await output.getByLabel("Temperature").fill("0.5");
      await expect.poll(shares).not.toEqual(before);
    }));

  test("a ranking's clip is played by its bar and selected by Enter", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await zeroShotFigure());
      await output.getByLabel("Prompt template").waitFor();
      await output.locator("rect[data-clip='1'][data-rank='0']").click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
      await output.locator("text", { hasText: "▶ string quartet" }).waitFor();
      await bed.page.keyboard.press(" ");
      await output.locator("text", { hasText: "▶" }).waitFor({ state: "detached" });
      await bed.page.keyboard.press("Enter");
      await output.locator("text", { hasText: "● string quartet" }).waitFor();
    }));

  test("a clip that cannot be read says why, and the figure stays", () => {
    const kernel: TestKernel = (name, params) => {
      if (name === "audio") throw new Error("the file is gone");
      return engine(name, params);
    };
    return withBed({ kernel }, async (bed) => {
      const output = await bed.render(await zeroShotFigure());
      await output.getByLabel("Prompt template").waitFor();
      await output.locator("rect[data-clip='1'][data-rank='0']").click({ delay: pressMs });
      await output
        .locator(".status.error", { hasText: "“string quartet” was not played: the file is gone" })
        .waitFor();
      expect(await output.locator("rect[data-rank]").count()).toBe(12);
    });
  });

  test("triplets are marked right or wrong, worst first, and can be added, changed and taken out", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await tripletsFigure());
      const signs = () => output.locator("text", { hasText: /^[✓✗]$/ }).allTextContents();
      await expect.poll(signs).toEqual(["✗", "✓", "✓"]);
      await output.getByRole("button", { name: "Add triplet" }).click();
      await output.getByLabel(/^anchor/).fill("techno beat");
      await output.getByLabel(/^positive/).fill("techno");
      await output.getByLabel(/^negative/).fill("zzz");
      await bed.page.keyboard.press("Enter");
      await output.locator(".title", { hasText: "4 triplets" }).waitFor();
      await expect.poll(signs).toEqual(["✗", "✓", "✓", "✓"]);
      await output.getByRole("button", { name: "Cancel" }).click();
      await output.locator(".drawing").focus();
      for (let i = 0; i < 3; i++) await bed.page.keyboard.press("ArrowUp");
      await bed.page.keyboard.press("Delete");
      await output.locator(".title", { hasText: "3 triplets" }).waitFor();
      expect(await output.locator(".reading").textContent()).toContain("3 of 3 right");
    }));

  test("a triplet's member that is a clip is heard, and named again when one is typed", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await tripletsFigure());
      await output.getByRole("button", { name: "Add triplet" }).waitFor();
      await output
        .locator("text[data-member]", { hasText: "♪ techno beat" })
        .click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
      await bed.page.keyboard.press("a");
      await output.getByLabel(/^anchor/).fill("techno beat");
      await output.getByLabel(/^positive/).fill("beat");
      await output.getByLabel(/^negative/).fill("string quartet");
      await bed.page.keyboard.press("Enter");
      await output.locator(".title", { hasText: "4 triplets" }).waitFor();
      expect(bed.lastRequest("triplet")!.params).toMatchObject({
        anchor: { clip: expect.stringMatching(/^clip-/) },
        positive: { text: "beat" },
        negative: { clip: expect.stringMatching(/^clip-/) },
      });
    }));

  test("embeddings show their rows and spread, tell a value under the pointer and by keys", () =>
    withBed({ kernel: engine }, async (bed) => {
      const figure = await embeddingsFigure();
      const output = await bed.render(figure);
      const strip = output.locator("image[data-part=strip]");
      expect(await strip.getAttribute("href")).toMatch(/^data:image\/png/);
      await strip.hover();
      await output.locator(".tooltip:visible", { hasText: /dimension \d+ −?0\.\d{3}/ }).waitFor();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("ArrowDown");
      await output
        .locator(".announcer", { hasText: /string quartet, dimension 1: / })
        .waitFor({ state: "attached" });
      expect(await output.locator("svg").textContent()).toContain("cosine between rows, 6 pairs");
      await bed.page.keyboard.press("Escape");
      await strip.click({ delay: pressMs });
      await bed.page.waitForFunction("bed.started.length > 0");
    }));

  test("an output of another version says so instead of failing", () =>
    withBed({}, async (bed) => {
      const figure = { ...(await embeddingsFigure()), version: 2 };
      const output = await bed.render(figure as never);
      await output.locator(".status.error", { hasText: "run its cell again" }).waitFor();
    }));
});
