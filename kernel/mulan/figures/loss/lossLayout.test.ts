import { expect, test } from "vitest";
import { Embeddings } from "../../embedding/embeddings.ts";
import { seededRandom } from "../../embedding/projection/random.ts";
import { contrastiveLoss } from "../../evaluation/loss/contrastiveLoss.ts";
import { LOSS_FORMS } from "../../evaluation/loss/criticLoss.ts";
import { collapseTraining, trainHeads } from "../../evaluation/loss/trainHeads.ts";
import { plainText, sceneOf } from "../bundle.ts";
import { hostileTexts } from "../hostile.testkit.ts";
import { layoutFaults } from "../scene/bounds.ts";
import { toSvg } from "../scene/svg.ts";
import { lossFigure } from "./figure.ts";

test.each([1, 2, 12, 20, 21, 70, 300])("%d pairs have no text over another", (n) => {
  for (const form of LOSS_FORMS.slice(n < 2 ? 1 : 0, n < 2 ? 2 : 3)) {
    for (const temperature of [0.01, 0.2, 100]) {
      const [audio, text] = sides(Array.from({ length: n }, (_, i) => `piece ${i} of music`));
      const value = contrastiveLoss(audio, text, { form, temperature, batchSize: n });
      const scene = sceneOf(lossFigure(value, {}));
      expect(layoutFaults(scene)).toEqual([]);
      expect(scene.width).toBeLessThanOrEqual(1100);
    }
  }
});

test.each([2, 3, 16])("a training onto %d numbers has no text over another", async (dim) => {
  const [audio, text] = sides(Array.from({ length: 30 }, (_, i) => `piece ${i}`));
  for (const form of LOSS_FORMS) {
    const trained = await trainHeads(audio, text, { dim, form, steps: 40, temperature: 0.05 });
    for (const value of [trained, collapseTraining(trained)]) {
      expect(layoutFaults(sceneOf(lossFigure(value, {})))).toEqual([]);
    }
  }
});

test("whatever clips and texts are called, the picture stays a picture", () => {
  for (const name of hostileTexts) {
    const [audio, text] = sides([name, "b", name]);
    const figure = lossFigure(contrastiveLoss(audio, text), {});
    const scene = sceneOf(figure);
    expect(layoutFaults(scene)).toEqual([]);
    expect(toSvg(scene)).not.toMatch(/<script|<image[^>]+file:|onload=alert/i);
    expect(plainText(figure).length).toBeLessThan(4000);
  }
});

function sides(names: readonly string[]): [Embeddings, Embeddings] {
  const random = seededRandom(names.length);
  const rows = () => names.map(() => Array.from({ length: 5 }, () => random() - 0.5));
  return [
    Embeddings.from({ data: rows(), labels: names, modality: "audio" }),
    Embeddings.from({ data: rows(), labels: names, modality: "text" }),
  ];
}
