import { rasterize } from "./png/rasterize.ts";
import { text } from "./scene/scene.ts";

/** Compiles resvg and reads the fonts ahead of the first figure: an idle engine may call it. */
export async function warmUp(): Promise<void> {
  await rasterize({
    width: 400,
    height: 40,
    marks: [text(0, 20, "Ready 0.12"), text(0, 36, "Ready", { weight: 600 })],
  });
}
