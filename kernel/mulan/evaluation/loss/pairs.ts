import { checkSameSpace } from "../../embedding/compatible.ts";
import { Embeddings, type EmbeddingsInit } from "../../embedding/embeddings.ts";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { fewestPairs, LOSS_FORMS, type LossForm } from "./criticLoss.ts";

/** Embeddings, or plain rows that become some. */
export type PairSide = Embeddings | EmbeddingsInit;

export interface Pairs {
  readonly audio: Embeddings;
  readonly text: Embeddings;
}

/**
 * Row i of one side belongs to row i of the other.
 * @param oneSpace whether cosines between the sides must make sense already
 * @throws MulanError `loss.pairs`; what Embeddings and a comparison of two spaces throw
 */
export function asPairs(audio: PairSide, text: PairSide, form: LossForm, oneSpace: boolean): Pairs {
  for (const side of [audio, text]) assertNotPromise(side, "await model.embedAudio(…) first");
  const [a, t] = [audio, text].map((side) =>
    side instanceof Embeddings ? side : Embeddings.from(side),
  ) as [Embeddings, Embeddings];
  if (oneSpace) checkSameSpace(a, t);
  if (!LOSS_FORMS.includes(form)) {
    throw new MulanError("loss.form", "there is no such form of the loss", {
      expected: LOSS_FORMS.join(", "),
      got: String(form),
    });
  }
  if (a.n !== t.n || a.n < fewestPairs(form)) {
    throw new MulanError("loss.pairs", "audio and text do not make pairs", {
      expected: `as many rows on both sides, at least ${fewestPairs(form)}`,
      got: `${a.n} of audio and ${t.n} of text`,
      remedy: "A clip with several texts is several pairs: repeat its row with audio.select([…])",
    });
  }
  return { audio: a, text: t };
}

/** @throws MulanError `loss.temperature` */
export function checkTemperature(temperature: number): void {
  if (temperature > 0 && Number.isFinite(temperature)) return;
  throw new MulanError("loss.temperature", "a temperature divides cosines", {
    expected: "a number above 0, such as model.manifest.temperature",
    got: String(temperature),
  });
}
