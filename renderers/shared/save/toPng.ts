const scale = 2;

/** A drawing's SVG text as PNG bytes, twice its size. Through a data: image, which a strict CSP allows. */
export async function toPng(svg: string, widthPx: number, heightPx: number): Promise<Uint8Array> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(widthPx * scale);
  canvas.height = Math.ceil(heightPx * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this page has no canvas to draw a PNG on");
  context.scale(scale, scale);
  context.drawImage(image, 0, 0, widthPx, heightPx);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the drawing is too large for a PNG");
  return new Uint8Array(await blob.arrayBuffer());
}
