import { categoryColors } from "../colour/categories.ts";
import { signedScale } from "../colour/signed.ts";
import { decodeInt8, type EmbeddingsFigure } from "../contract.ts";
import { formatCosine, formatCount, formatFixed } from "../scale/numbers.ts";
import { rowAxis } from "../scene/categoryAxis.ts";
import { colorBarWidth, drawColorBar } from "../scene/colorBar.ts";
import { type Drawing, drawingLeft, drawingTop, emptyDrawing, partGap } from "../scene/frame.ts";
import { ink, line, type Mark, rect, text, tickSize } from "../scene/scene.ts";
import { matrixImage } from "../similarity/matrixImage.ts";

const stripWidth = 512;
const maxStripHeight = 480;
const histogramHeight = 72;
const maxRowLabel = 200;

/** The matrix as a strip of signed colours, above the histogram of the cosines between its rows. */
export function drawEmbeddings(figure: EmbeddingsFigure): Drawing {
  const { stripRows, dim, stripLimit, n } = figure;
  if (n === 0) {
    return emptyDrawing("There are no embeddings.", "await model.embedAudio(clips)");
  }
  const pitch = Math.min(20, Math.floor(maxStripHeight / stripRows));
  const labels = figure.items.labels.slice(0, stripRows);
  const room = Math.max(56, rowAxis(labels, 0, 0, pitch, maxRowLabel).extent);
  const left = drawingLeft + room;
  const top = drawingTop;
  const height = pitch * stripRows;
  const scale = { kind: "signed", min: -stripLimit, max: stripLimit } as const;
  const png = matrixImage(decodeInt8(figure.strip, stripLimit), stripRows, dim, scale);
  const quiet = { size: tickSize, color: ink.quiet } as const;
  const marks: Mark[] = [
    { kind: "image", x: left, y: top, width: stripWidth, height, png },
    ...rowAxis(labels, left, top, pitch, maxRowLabel).marks,
    text(left, top + height + 16, "dimension 1", quiet),
    text(left + stripWidth, top + height + 16, formatCount(dim), { ...quiet, anchor: "end" }),
  ];
  if (n > stripRows) {
    const note = `first ${stripRows} of ${formatCount(n)} rows`;
    marks.push(
      text(left + stripWidth / 2, top + height + 16, note, { ...quiet, anchor: "middle" }),
    );
  }
  const ticks = [-stripLimit, 0, stripLimit].map((value, i) => ({
    position: i / 2,
    label: formatFixed(value, 2),
  }));
  const barHeight = Math.max(72, Math.min(height, 180));
  const bar = { name: "value", scale: signedScale, ticks };
  marks.push(...drawColorBar(bar, left + stripWidth + partGap, top, barHeight));
  let used = Math.max(height + 20, barHeight + 8);
  if (figure.pairs) {
    marks.push(...drawPairs(figure.pairs, left, top + used + partGap));
    used += partGap + histogramHeight + 24;
  }
  const width = room + stripWidth + partGap + colorBarWidth + 48;
  return { width, height: used, marks };
}

/** Cosines from −1 to 1, the mean as a labelled line. */
function drawPairs(
  { histogram, mean, n }: NonNullable<EmbeddingsFigure["pairs"]>,
  left: number,
  top: number,
): Mark[] {
  const most = Math.max(1, ...histogram);
  const step = stripWidth / histogram.length;
  const bottom = top + histogramHeight;
  const place = (cosine: number): number => left + ((cosine + 1) / 2) * stripWidth;
  const plot = histogramHeight - 24;
  const marks: Mark[] = histogram.map((count, i) => {
    const height = (count / most) * plot;
    return rect(left + i * step + 0.5, bottom - height, step - 1, height, categoryColors[0]);
  });
  const quiet = { size: tickSize, color: ink.quiet } as const;
  marks.push(line(left, bottom, left + stripWidth, bottom));
  for (const cosine of [-1, -0.5, 0, 0.5, 1]) {
    marks.push(line(place(cosine), bottom, place(cosine), bottom + 4));
    const label = formatFixed(cosine, 1);
    marks.push(text(place(cosine), bottom + 16, label, { ...quiet, anchor: "middle" }));
  }
  marks.push(line(place(mean), top + 12, place(mean), bottom, ink.text, 1, "3 2"));
  const style = { size: tickSize, anchor: mean > 0.6 ? "end" : "start" } as const;
  marks.push(
    text(place(mean) + (mean > 0.6 ? -6 : 6), top + 8, `mean ${formatCosine(mean)}`, style),
  );
  const side =
    mean > 0
      ? { x: left, anchor: "start" as const }
      : { x: left + stripWidth, anchor: "end" as const };
  const name = `cosine between rows, ${formatCount(n)} pairs`;
  marks.push(text(side.x, top + 8, name, { ...quiet, anchor: side.anchor }));
  return marks;
}
