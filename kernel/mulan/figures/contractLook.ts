// What renderers share with the PNG of a figure: its colours, its way of writing numbers and its reading lines.
// Pure functions without Node and DOM.
export { categoryColors, rightColor, wrongColor } from "./colour/categories.ts";
export { magma } from "./colour/magma.ts";
export { type ColorScale, clampUnit, inkOn, type Rgb, toHex } from "./colour/rgb.ts";
export { signedScale, signedScaleOnDark } from "./colour/signed.ts";
export { axisNote } from "./map/axisNote.ts";
export { kindNames, silentRows } from "./map/kinds.ts";
export { type PlacedLabel, placeLabels } from "./map/placeLabels.ts";
export { shortenPlain } from "./plain/textTable.ts";
export { hzToMel, type MelScale, melToHz } from "./scale/mel.ts";
export {
  countOf,
  formatCosine,
  formatCount,
  formatDecibels,
  formatDuration,
  formatFixed,
  formatFrequency,
  formatMargin,
  formatSampleRate,
  formatTime,
} from "./scale/numbers.ts";
export { decimalsOf, niceStep, niceTicks } from "./scale/ticks.ts";
export { timeTicks } from "./scale/timeTicks.ts";
export { diamondPath, diamondReach } from "./scene/diamond.ts";
export { describeSimilarity } from "./similarity/describe.ts";
export { reordered, withTextColumn, withTextRow } from "./similarity/editMatrix.ts";
export { readMatrix, summarizeMatrix } from "./similarity/reading.ts";
export { chooseScale, colorScaleOf, positionOf } from "./similarity/valueScale.ts";
export { describeTimeline } from "./timeline/describe.ts";
export { type LaneRange, laneRange, windowMeans } from "./timeline/lanes.ts";
export { withoutTriplet, withTriplet } from "./triplets/editTriplets.ts";
export { wilsonInterval } from "./triplets/wilsonInterval.ts";
export { describeZeroShot } from "./zeroshot/describe.ts";
export { rankLabels } from "./zeroshot/rankLabels.ts";
