// A clip's region: what is said of it, and that it outlives the drawing.
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bed, Workshop, whyNotHere } from "./bed.ts";
import { clipKernel, swellingClip } from "./clipKernel.ts";

const obstacle = whyNotHere();
if (obstacle) console.warn(obstacle);

/** A figure of a clip with a region from its second to its sixth second or so. */
async function withRegion(bed: Bed): Promise<Locator> {
  const output = await bed.render(swellingClip());
  await output.locator(".window").first().waitFor();
  const box = (await bed.page.locator(".stage").boundingBox())!;
  const y = box.y + 40;
  await bed.page.mouse.move(box.x + 0.2 * box.width, y);
  await bed.page.mouse.down();
  await bed.page.mouse.move(box.x + 0.5 * box.width, y, { steps: 6 });
  await bed.page.mouse.up();
  await output.getByRole("button", { name: "Play region" }).waitFor();
  return output;
}

describe.skipIf(obstacle)("a clip's region", () => {
  let workshop: Workshop;
  beforeAll(async () => {
    workshop = await Workshop.open();
  });
  afterAll(() => workshop[Symbol.asyncDispose]());

  test("is called selected only as long as it is in the notebook's selection", () =>
    workshop.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await withRegion(bed);
      const note = output.locator(".detail [role=status]");
      await output.getByRole("button", { name: "Add region to selection" }).click();
      await expect.poll(() => note.textContent()).toContain("in the selection");
      const { clips } = bed.lastRequest("select")!.params as { clips: string[] };
      await bed.deliver({ type: "selection", clips: [...clips, "another"] });
      expect(await note.textContent()).toContain("in the selection");
      await bed.deliver({ type: "selection", clips: ["another"] });
      expect(await note.textContent()).toBe("");
      await bed.deliver({ type: "selection", clips });
      expect(await note.textContent()).toContain("in the selection");
      // What is said of another action is not taken away.
      await output.getByRole("button", { name: "Embed region" }).click();
      await expect.poll(() => note.textContent()).toContain("cosine with the whole clip");
      await bed.deliver({ type: "selection", clips: [] });
      expect(await note.textContent()).toContain("cosine with the whole clip");
    }));

  test("and the way of looking outlive the drawing", () =>
    workshop.withBed({ kernel: clipKernel() }, async (bed) => {
      const output = await withRegion(bed);
      const stretch = () => output.locator(".detail-region span").first().textContent();
      const before = await stretch();
      await output.locator(".drawing").focus();
      await bed.page.keyboard.press(".");
      await bed.page.keyboard.press("l");
      await bed.render({ ...swellingClip(), reading: "drawn anew" });
      await output.getByText("drawn anew").waitFor();
      await output.getByRole("button", { name: "Play region" }).waitFor();
      expect(await stretch()).toBe(before);
      expect(await output.getByLabel(/^Speed/).inputValue()).toBe("1.25");
      expect(await output.getByRole("button", { name: "Loop" }).getAttribute("aria-pressed")).toBe(
        "true",
      );
      expect(await bed.evaluate("bed.shadow('output', '.drawing').matches(':focus')")).toBe(true);
    }));
});
