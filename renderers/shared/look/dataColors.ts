import {
  categoryColors,
  rightColor,
  wrongColor,
} from "../../../kernel/mulan/figures/contractLook.ts";
import type { Theme } from "./theme.ts";

/** Okabe and Ito's colours for single marks; on dark pages the sky blue, which stands out where the blue sinks. */
export function dataColors({ kind }: Pick<Theme, "kind">) {
  const dark = kind === "dark";
  const [blue, , , , skyBlue, vermilion] = categoryColors;
  return {
    /** The mark that a drawing is about. */
    strong: dark ? skyBlue : blue,
    /** The others of its kind. */
    weak: dark ? "#3b6e8f" : "#9ecae1",
    /** Another kind beside it, which another shape tells apart, too. */
    other: dark ? "#f08c3a" : vermilion,
    right: dark ? skyBlue : rightColor,
    wrong: dark ? "#f08c3a" : wrongColor,
  } as const;
}
