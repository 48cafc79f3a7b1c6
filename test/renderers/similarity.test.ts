import { expect, test } from "vitest";
import type { Bed } from "./bed.ts";
import { describeInBrowser, shareBrowser } from "./browser.ts";
import { clipNames, engine, prompts, similarityFigure } from "./values.ts";

describeInBrowser("a heatmap", () => {
  const { withBed } = shareBrowser();

  /** Middle of a cell, in the heatmap's element. */
  async function cell(bed: Bed, row: number, column: number, nRows = 3, nColumns = 4) {
    const heatmap = bed.page.locator("#output .heatmap");
    const { width, height } = (await heatmap.boundingBox())!;
    return {
      heatmap,
      position: { x: ((column + 0.5) * width) / nColumns, y: ((row + 0.5) * height) / nRows },
    };
  }

  test("shows labels, a cell for each pair, its reading line and its words to a screen reader", () =>
    withBed({ kernel: engine }, async (bed) => {
      const figure = await similarityFigure();
      const output = await bed.render(figure);
      await output.locator("[data-drawn=yes]").waitFor();
      for (const label of [...prompts, ...clipNames]) {
        expect(await output.locator(`[data-label] title`, { hasText: label }).count()).toBe(1);
      }
      expect(await output.locator(".values text").count()).toBe(12);
      expect(await output.locator(".heatmap image").getAttribute("href")).toMatch(
        /^data:image\/png/,
      );
      expect(await output.locator(".reading").textContent()).toBe(figure.reading);
      const drawing = output.locator(".drawing");
      expect(await drawing.getAttribute("aria-label")).toContain(figure.title);
      expect(await drawing.getAttribute("aria-roledescription")).toBe("heatmap");
    }));

  test("tells both labels and the cosine of the cell under the pointer", () =>
    withBed({}, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.locator("[data-drawn=yes]").waitFor();
      const { heatmap, position } = await cell(bed, 0, 0);
      await heatmap.hover({ position });
      const tooltip = output.locator(".tooltip:visible");
      await tooltip.waitFor();
      expect(await tooltip.textContent()).toMatch(
        /piano alone at night.*nocturne piano.*0\.\d{3} cosine/,
      );
    }));

  test("a click plays the clip, another click stops it, and only one clip sounds at a time", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.locator("[data-drawn=yes]").waitFor();
      const first = await cell(bed, 1, 0);
      await first.heatmap.click({ position: first.position, delay: 120 });
      await bed.page.waitForFunction("bed.started.length > 0");
      expect(await bed.evaluate("bed.started[0]")).toMatchObject({
        channels: 2,
        context: "running",
      });
      expect(await bed.evaluate("bed.started[0].peak")).toBeCloseTo(0.5, 2);
      await output.locator("[data-state=playing]", { hasText: "nocturne piano" }).waitFor();
      const second = await cell(bed, 1, 2);
      await second.heatmap.click({ position: second.position, delay: 120 });
      await output.locator("[data-state=playing]", { hasText: "rock band" }).waitFor();
      expect(await output.locator("[data-state=playing]").count()).toBe(1);
      await second.heatmap.click({ position: second.position, delay: 120 });
      await output.locator("[data-state=playing]").waitFor({ state: "detached" });
    }));

  test("a typed prompt becomes a row and is written back when the figure is left", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      const field = output.getByLabel("Add prompt");
      await field.fill("techno beat");
      await field.press("Enter");
      await output
        .locator("[data-label=r3] title", { hasText: "techno beat" })
        .waitFor({ state: "attached" });
      expect(await output.locator(".title").textContent()).toBe("4 prompts × 4 clips, cosine");
      expect(await output.locator(".reading").textContent()).toContain(
        "techno beat ↔ techno beat, 1.00",
      );
      expect(await field.inputValue()).toBe("");
      expect(bed.heard.filter(({ type }) => type === "edited")).toEqual([]);
      await field.blur();
      await expect
        .poll(() => bed.heard.find(({ type }) => type === "edited"))
        .toMatchObject({
          outputId: expect.any(String),
          figure: { family: "similarity", rows: { labels: [...prompts, "techno beat"] } },
        });
    }));

  test("a prompt is edited in place of its label", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.getByLabel("Add prompt").waitFor();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("ArrowDown");
      await bed.page.keyboard.press("e");
      await output.getByLabel("Edit prompt").fill("rock");
      await bed.page.keyboard.press("Enter");
      await output
        .locator("[data-label=r1] title", { hasText: "rock" })
        .waitFor({ state: "attached" });
      expect(await output.locator(".title").textContent()).toBe("3 prompts × 4 clips, cosine");
    }));

  test("a prompt that the engine cannot embed says so and leaves the figure as it is", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      const field = output.getByLabel("Add prompt");
      await field.fill("123");
      await field.press("Enter");
      await output.locator(".status.error", { hasText: "there is no letter in it" }).waitFor();
      expect(await output.locator("[data-label^=r]").count()).toBe(3);
      await expect.poll(() => field.inputValue()).toBe("123");
    }));

  test("says what a request waits for while a cell runs, and can be cancelled", async () => {
    let release = () => {};
    const busy = new Promise<void>((resolve) => {
      release = resolve;
    });
    const kernel = async (name: string, params: never) => {
      if (name === "similarityRow") await busy;
      return engine(name, params);
    };
    await withBed({ kernel }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      const field = output.getByLabel("Add prompt");
      await field.fill("choir");
      await field.press("Enter");
      await expect.poll(() => bed.lastRequest("similarityRow")).toBeDefined();
      const { requestId } = bed.lastRequest("similarityRow")!;
      await bed.deliver({ type: "waiting", requestId, reason: "the running cell" });
      await output.locator(".status", { hasText: "waiting for the running cell" }).waitFor();
      await output.getByText("Cancel", { exact: true }).click();
      await output.locator(".status", { hasText: "waits" }).waitFor({ state: "detached" });
      expect(bed.heard).toContainEqual({ type: "cancel", requestId });
      release();
    });
  });

  test("moves by keys, says the cell, sorts, lists its keys and lets go", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      const { keyboard } = bed.page;
      await output.locator(".drawing").focus();
      await keyboard.press("ArrowDown");
      await keyboard.press("ArrowRight");
      await output
        .locator(".announcer", { hasText: /drum and bass beat, string quartet: cosine 0\.\d{3}/ })
        .waitFor({ state: "attached" });
      await keyboard.press("d");
      await output
        .locator(".announcer", { hasText: "rows sorted by string quartet" })
        .waitFor({ state: "attached" });
      await keyboard.press("?");
      const list = output.getByRole("dialog", { name: "Keys" });
      expect(await list.textContent()).toContain("Sort columns by this row");
      await keyboard.press("Escape");
      expect(await list.isVisible()).toBe(false);
      await keyboard.press("Escape");
      expect(await bed.evaluate("bed.shadow('output', '.drawing').matches(':focus')")).toBe(false);
    }));

  /** Sorts rows by the cursor's column and tells how the cells looked in each frame until they rested. */
  const framesOfSorting = `(async () => {
    const drawing = bed.shadow("output", ".drawing");
    const canvas = bed.shadow("output", ".gliding");
    drawing.focus();
    drawing.dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true }));
    const seen = [];
    for (let i = 0, still = 0; i < 600 && still < 30; i++) {
      await new Promise((done) => requestAnimationFrame(done));
      if (canvas.hidden) still++;
      else seen.push(canvas.toDataURL());
    }
    return { moving: new Set(seen).size, hidden: canvas.hidden };
  })()`;

  test("cells glide to a new order, then rest as Plotly draws them", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.locator("[data-drawn=yes]").waitFor();
      const image = output.locator(".heatmap image");
      const before = await image.getAttribute("href");
      const { moving, hidden } = (await bed.evaluate(framesOfSorting)) as Record<string, unknown>;
      expect(moving).toBeGreaterThanOrEqual(3);
      expect(hidden).toBe(true);
      expect(await image.getAttribute("href")).not.toBe(before);
      expect(await output.locator(".values").isVisible()).toBe(true);
      const [first] = await output.locator(".values text").allTextContents();
      // The highest cosine of the first column stands on top.
      const column = (await output.locator(".values text").allTextContents()).filter(
        (_, i) => i % 4 === 0,
      );
      expect(first).toBe(column.toSorted((a, b) => Number(b) - Number(a))[0]);
    }));

  test("cells jump for who prefers stillness", () =>
    withBed({ kernel: engine }, async (bed) => {
      await bed.page.emulateMedia({ reducedMotion: "reduce" });
      const output = await bed.render(await similarityFigure());
      await output.locator("[data-drawn=yes]").waitFor();
      const image = output.locator(".heatmap image");
      const before = await image.getAttribute("href");
      expect(await bed.evaluate(framesOfSorting)).toEqual({ moving: 0, hidden: true });
      expect(await image.getAttribute("href")).not.toBe(before);
    }));

  test("Enter selects the clip, for every figure of the notebook", () =>
    withBed({ kernel: engine }, async (bed) => {
      const figure = await similarityFigure();
      const output = await bed.render(figure);
      const other = await bed.render(figure, { id: "other" });
      await output.getByLabel("Add prompt").waitFor();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press("Enter");
      for (const each of [output, other]) {
        await each.locator("[data-state=selected]", { hasText: "nocturne piano" }).waitFor();
      }
      expect(bed.lastRequest("select")).toMatchObject({
        params: { clips: [figure.columns.clips![0]] },
      });
    }));

  test("z-scores, threshold and zoom change what is shown, not what is saved", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      const { keyboard } = bed.page;
      await output.locator(".drawing").focus();
      await keyboard.press("z");
      await output.getByText("z in each row", { exact: true }).waitFor();
      await output.getByLabel("At least").fill("0.5");
      await output.locator("[data-threshold='0.50']").waitFor();
      expect(await output.locator(".values text").count()).toBeLessThan(12);
      await output.getByLabel("At least").press("Home");
      await keyboard.press("Escape");
      await output.getByRole("button", { name: "More" }).click();
      await output.getByText("Save data as CSV").click();
      const csv = await bed.download("csv");
      expect(csv.split("\r\n")[0]).toBe(`\ufeff,${clipNames.join(",")}`);
      expect(csv).toContain("choir,");
    }));

  test("a locked scale is every heatmap's until it is unlocked", () =>
    withBed({}, async (bed) => {
      const one = await bed.render(await similarityFigure(["piano"], ["piano", "drum"]));
      const two = await bed.render(await similarityFigure(), { id: "other" });
      const top = () => two.locator("svg > g > text").first().textContent();
      const own = await top();
      const press = async (label: string) => {
        await one.getByRole("button", { name: "More" }).click();
        await one.getByText(label).click();
      };
      await press("Lock this scale in every heatmap");
      await two.getByText("cosine, locked").waitFor();
      await press("Unlock the scale");
      await two.getByText("cosine", { exact: true }).waitFor();
      expect(await top()).toBe(own);
    }));

  test("is saved as SVG and PNG with title and reading line", () =>
    withBed({}, async (bed) => {
      const figure = await similarityFigure(["<b>bold</b> & piano"], clipNames);
      const output = await bed.render(figure);
      await output.getByRole("button", { name: "More" }).click();
      await output.getByText("Save as SVG").click();
      const svg = await bed.download("svg");
      expect(svg).toContain("&lt;b&gt;bold");
      expect(svg).toContain(figure.title);
      await output.getByRole("button", { name: "More" }).click();
      await output.getByText("Save as PNG").click();
      expect(await bed.download("png")).toMatch(/^.PNG/);
    }));

  test("without a kernel it is the same picture, with one quiet line and no dead control", () =>
    withBed({}, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.getByText("run the cell to make this live").waitFor();
      await output.locator("[data-drawn=yes]").waitFor();
      expect(await output.getByLabel("Add prompt").count()).toBe(0);
      const { heatmap, position } = await cell(bed, 0, 0);
      await heatmap.click({ position });
      expect(await bed.evaluate("bed.started.length")).toBe(0);
    }));

  test("after a restart it is stale, and says so", () =>
    withBed({ kernel: engine }, async (bed) => {
      const figure = await similarityFigure();
      const strange = {
        ...figure,
        columns: { ...figure.columns, clips: figure.columns.labels.map(() => "clip-of-another") },
      };
      const output = await bed.render(strange);
      await output.getByText("stale: the kernel has restarted since").waitFor();
      await output.locator(".status .dot").waitFor();
    }));

  test("follows the theme and fits into 400 px in each", () =>
    withBed({ kernel: engine, theme: "light" }, async (bed) => {
      const output = await bed.render(await similarityFigure(), { widthPx: 400 });
      await output.locator("[data-drawn=yes]").waitFor();
      const ink = () => output.locator("[data-label=r0]").getAttribute("fill");
      expect(await ink()).toBe("#3b3b3b");
      for (const theme of ["dark", "highContrast"] as const) {
        await bed.theme(theme);
        await expect.poll(ink).toBe(theme === "dark" ? "#cccccc" : "#ffffff");
        expect(await bed.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
        expect(
          await bed.evaluate("document.getElementById('output').scrollWidth"),
        ).toBeLessThanOrEqual(400);
      }
    }));

  test("an output that goes leaves nothing that listens or draws", () =>
    withBed({ kernel: engine }, async (bed) => {
      const output = await bed.render(await similarityFigure());
      await output.locator("[data-drawn=yes]").waitFor();
      await bed.evaluate("bed.dispose('output')");
      await bed.theme("dark");
      await bed.deliver({ type: "kernel", state: "busy", engine: "engine-1" });
    }));
});
