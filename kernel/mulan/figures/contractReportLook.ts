// How a report is drawn, for its PNG and for a page alike: panels that get a pen, a room and the figure's JSON.
// Pure functions without Node and DOM.
export { drawReportPanels, type StaticChoice, tripletMeasures } from "./report/draw.ts";
export {
  comparedMeasures,
  layComparison,
} from "./report/drawComparison.ts";
export { drawCurves } from "./report/drawCurves.ts";
export { drawLabelDifferences } from "./report/drawLabelDifferences.ts";
export {
  drawLabelHead,
  drawLabelRows,
  headHeight,
  type LabelList,
  type LabelMeasure,
  labelMeasureNames,
  labelRange,
  labelRoomOf,
} from "./report/drawLabels.ts";
export { drawMargins } from "./report/drawMargins.ts";
export { drawMeasures } from "./report/drawMeasures.ts";
export { drawPairs } from "./report/drawPairs.ts";
export { drawProbe } from "./report/drawProbe.ts";
export { drawPlaces, drawQueryHead, drawQueryRow } from "./report/drawQueries.ts";
export { drawRetrieval } from "./report/drawRetrieval.ts";
export { drawTripletHead, drawTripletRows } from "./report/drawTripletRows.ts";
export { formatDifference, formatInterval, formatMeasure } from "./report/numbers.ts";
export type { Hit, Panel, Pen, PenInk, Room } from "./report/pen.ts";
export { type Mark, text as textMark } from "./scene/scene.ts";
