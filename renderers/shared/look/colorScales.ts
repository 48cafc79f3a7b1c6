import type { ValueScale } from "../../../kernel/mulan/figures/contract.ts";
import {
  type ColorScale,
  magma,
  signedScale,
  signedScaleOnDark,
} from "../../../kernel/mulan/figures/contractLook.ts";
import type { Theme } from "./theme.ts";

/** Magma for magnitudes; for signed values 0 has the page's lightness. */
export function colorScaleFor(kind: ValueScale["kind"], theme: Pick<Theme, "kind">): ColorScale {
  if (kind === "sequential") return magma;
  return theme.kind === "dark" ? signedScaleOnDark : signedScale;
}

/** CSS `rgb()` of a position. */
export function cssColor(scale: ColorScale, position: number): string {
  return `rgb(${scale(position).join(",")})`;
}
