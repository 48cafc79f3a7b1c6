import { categoryColors } from "../../kernel/mulan/figures/contractLook.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import type { Theme } from "../shared/look/theme.ts";
import { type Groups, matching, maxGroups } from "./groups.ts";

export type ColourBy = "none" | "label";

/** The category of each point, and the colour of each category. */
export interface Colouring {
  readonly of: Uint8Array;
  readonly colors: readonly string[];
  /** Names of coloured categories; the last category may have none. */
  readonly names: readonly string[];
}

/** A text that is looked for wins over groups: what matches stands out, the rest steps back. */
export function colouring(
  labels: readonly string[],
  groups: Groups | undefined,
  by: ColourBy,
  sought: string,
  theme: Pick<Theme, "kind" | "border">,
): Colouring {
  const { strong } = dataColors(theme);
  const rest = theme.kind === "dark" ? "#6e7681" : "#b1bac4";
  if (sought !== "") {
    return { of: matching(labels, sought), colors: [categoryColors[1], rest], names: [] };
  }
  if (by === "label" && groups) {
    const colors = categoryColors.slice(0, maxGroups).map((color, i) => (i === 0 ? strong : color));
    // Sky blue is taken as the dark page's blue.
    if (theme.kind === "dark") colors[4] = "#0072b2";
    return {
      of: groups.of,
      colors: [...colors.slice(0, groups.names.length), rest],
      names: groups.names,
    };
  }
  return { of: new Uint8Array(labels.length), colors: [strong], names: [] };
}
