import { categoryColors } from "../../kernel/mulan/figures/contractLook.ts";
import { dataColors } from "../shared/look/dataColors.ts";
import type { Theme } from "../shared/look/theme.ts";
import { type Groups, matching, maxGroups } from "./groups.ts";

/** "kind": clips and what is none. */
export type ColourBy = "none" | "label" | "kind";

/** The category of each point, and the colour of each category. */
export interface Colouring {
  readonly of: Uint8Array;
  readonly colors: readonly string[];
  /** Names of coloured categories; the last category may have none. */
  readonly names: readonly string[];
}

/** What decides the colours. */
export interface ColouredBy {
  readonly labels: readonly string[];
  readonly groups: Groups | undefined;
  /** 1 for each point that is no clip; undefined where all are of one kind. */
  readonly silent: Uint8Array | undefined;
  readonly by: ColourBy;
  readonly sought: string;
}

/** A text that is looked for wins over groups: what matches stands out, the rest steps back. */
export function colouring(
  { labels, groups, silent, by, sought }: ColouredBy,
  theme: Pick<Theme, "kind">,
): Colouring {
  const { strong, other } = dataColors(theme);
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
  if (by === "kind" && silent) {
    return { of: silent, colors: [strong, other], names: [] };
  }
  return { of: new Uint8Array(labels.length), colors: [strong], names: [] };
}
