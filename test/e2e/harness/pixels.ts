import type { Locator } from "playwright-core";

/** How many colours a person sees there: a blank picture has one, a drawn one with smooth text dozens. */
export async function coloursIn(locator: Locator): Promise<number> {
  const png = await locator.screenshot();
  return locator.page().evaluate(countColours, png.toString("base64"));
}

/** Runs in the page, whose types this world does not have. */
async function countColours(base64: string): Promise<number> {
  const { createImageBitmap, OffscreenCanvas } = globalThis as unknown as {
    createImageBitmap(blob: Blob): Promise<{ readonly width: number; readonly height: number }>;
    OffscreenCanvas: new (
      width: number,
      height: number,
    ) => {
      getContext(kind: "2d"): {
        drawImage(image: unknown, x: number, y: number): void;
        getImageData(x: number, y: number, w: number, h: number): { readonly data: Uint8Array };
      };
    };
  };
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const seen = new Set<number>();
  for (let i = 0; i < data.length; i += 4) {
    seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
  }
  return seen.size;
}
