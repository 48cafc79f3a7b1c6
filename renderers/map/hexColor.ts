let context: CanvasRenderingContext2D | null | undefined;

/** The three channels of #rrggbb in [0, 1]. */
export function channelsOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Any CSS colour as #rrggbb, which is what WebGL drawing takes; a canvas knows them all. */
export function hexColor(css: string): string {
  context ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return "#808080";
  context.fillStyle = "#808080";
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return `#${[r!, g!, b!].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
