import { density } from "./density.ts";

/**
 * Size in CSS px at which a figure's PNG is meant to be seen: notebooks take it as the output's metadata,
 * `{ "image/png": { width, height } }`, and draw it sharp instead of twice as large.
 */
export function pngSize(base64: string): { readonly width: number; readonly height: number } {
  // IHDR is always first: its width and height are bytes 16 to 24.
  const head = Buffer.from(base64.slice(0, 32), "base64");
  return { width: head.readUInt32BE(16) / density, height: head.readUInt32BE(20) / density };
}

/**
 * The metadata of an output that holds one of our pictures; empty for every other bundle. Without it, notebooks
 * draw our pictures twice as large as they are meant.
 */
export function imageSize(bundle: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const png = bundle["image/png"];
  const isFigure = Object.keys(bundle).some((mime) => mime.startsWith("application/vnd.mulan."));
  return isFigure && typeof png === "string" ? { "image/png": pngSize(png) } : {};
}
