import { measureText } from "../text/measureText.ts";
import { textRuns } from "../text/textRuns.ts";
import type { Mark, Scene, TextMark } from "./scene.ts";

/** The scene as one self-contained SVG document; every label is escaped and starts at a computed x. */
export function toSvg(scene: Scene): string {
  const { width, height } = scene;
  const body = scene.marks.map(markToSvg).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${body}</svg>`
  );
}

function markToSvg(mark: Mark): string {
  switch (mark.kind) {
    case "text":
      return textToSvg(mark);
    case "rect":
      return `<rect x="${n(mark.x)}" y="${n(mark.y)}" width="${n(mark.width)}" height="${n(mark.height)}" fill="${mark.fill}"${stroke(mark.stroke)}/>`;
    case "line":
      return `<line x1="${n(mark.x1)}" y1="${n(mark.y1)}" x2="${n(mark.x2)}" y2="${n(mark.y2)}"${stroke(mark.stroke, mark.width)}${mark.dash ? ` stroke-dasharray="${mark.dash}"` : ""}/>`;
    case "path":
      return `<path d="${mark.d}" fill="${mark.fill}"${stroke(mark.stroke, mark.width)}${mark.crisp ? ' shape-rendering="crispEdges"' : ""}/>`;
    case "circle":
      return `<circle cx="${n(mark.x)}" cy="${n(mark.y)}" r="${n(mark.radius)}" fill="${mark.fill}"${stroke(mark.stroke)}/>`;
    case "image":
      return `<image x="${n(mark.x)}" y="${n(mark.y)}" width="${n(mark.width)}" height="${n(mark.height)}" preserveAspectRatio="none" image-rendering="optimizeSpeed" xlink:href="data:image/png;base64,${Buffer.from(mark.png).toString("base64")}"/>`;
  }
}

function textToSvg(mark: TextMark): string {
  const width = measureText(mark.text, mark.size, mark.weight);
  let x = mark.x - { start: 0, middle: width / 2, end: width }[mark.anchor];
  const turn = mark.rotate
    ? ` transform="rotate(${n(mark.rotate)} ${n(mark.x)} ${n(mark.y)})"`
    : "";
  let svg = "";
  for (const run of textRuns(mark.text, mark.weight)) {
    const weight = run.font.weight === 600 ? ` font-weight="600"` : "";
    const family = run.font.family === "Inter" ? "" : ` font-family="${run.font.family}"`;
    svg += `<text x="${n(x)}" y="${n(mark.y)}" font-size="${n(mark.size)}" fill="${mark.color}" xml:space="preserve"${family}${weight}${turn}>${escapeXml(run.text)}</text>`;
    x += run.advance * mark.size;
  }
  return svg;
}

function stroke(color: string | undefined, width = 1): string {
  return color ? ` stroke="${color}"${width === 1 ? "" : ` stroke-width="${n(width)}"`}` : "";
}

function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text that XML 1.0 takes as text: markup escaped, characters outside its range dropped. */
export function escapeXml(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
