import type { MeasureText } from "../shared/look/middleCut.ts";
import type { Theme } from "../shared/look/theme.ts";
import { barMarks, courseMarks, scaleMarks, sphereMarks } from "./drawAside.ts";
import { matrixMarks } from "./drawMatrix.ts";
import type { LossLayout } from "./layout.ts";
import type { Derived, State } from "./state.ts";

/** The whole drawing; the page and a saved file use the same. */
export function lossMarks(
  state: State,
  derived: Derived,
  layout: LossLayout,
  theme: Theme,
  measure: MeasureText,
  showCursor: boolean,
): SVGElement[] {
  const isTraining = state.figure.training !== null;
  return [
    ...matrixMarks(state, derived, layout, theme, measure, showCursor),
    ...(isTraining ? sphereMarks(state, layout, theme) : barMarks(derived, layout, theme)),
    ...courseMarks(state, derived, layout, theme),
    ...scaleMarks(derived, layout, theme),
  ];
}
