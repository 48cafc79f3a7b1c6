import { Resvg } from "@resvg/resvg-wasm";
import { ink, type Scene } from "../scene/scene.ts";
import { toSvg } from "../scene/svg.ts";
import { type Font, loadFont, uiFont } from "../text/fonts.ts";
import { textRuns } from "../text/textRuns.ts";
import { density } from "./density.ts";
import { encodePng } from "./encodePng.ts";
import { quantize } from "./quantize.ts";
import { startResvg } from "./resvg.ts";

/** The scene as a PNG of twice its size in px, drawn by resvg with the bundled fonts that its texts need. */
export async function rasterize(scene: Scene): Promise<Uint8Array> {
  await startResvg();
  const resvg = new Resvg(toSvg(scene), {
    background: ink.ground,
    fitTo: { mode: "zoom", value: density },
    font: {
      fontBuffers: fontsOf(scene).map((font) => font.bytes),
      defaultFontFamily: uiFont.family,
    },
  });
  try {
    const image = resvg.render();
    try {
      return encodePng(quantize(image.pixels, image.width, image.height), density);
    } finally {
      image.free();
    }
  } finally {
    resvg.free();
  }
}

function fontsOf(scene: Scene): Font[] {
  const fonts = new Set<Font>([loadFont(uiFont)]);
  for (const mark of scene.marks) {
    if (mark.kind !== "text") continue;
    for (const run of textRuns(mark.text, mark.weight)) fonts.add(run.font);
  }
  return [...fonts];
}
