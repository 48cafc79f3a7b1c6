/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** A colour for each position from 0 to 1. */
export type ColorScale = (position: number) => Rgb;

export function toHex(rgb: Rgb): string {
  return `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever has more contrast (WCAG relative luminance) on the ground: 4.5 or more on any. */
export function inkOn(ground: Rgb): string {
  const [r, g, b] = ground.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#000000" : "#ffffff";
}

export function clampUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
