import { MulanError } from "../../foundation/errors.ts";
import type { Provider } from "../inference/inferenceProtocol.ts";
import type { Manifest, Precision } from "./manifest.ts";

export type PrecisionRequest = "auto" | Precision;

type Tower = Pick<Manifest["audio"], "file" | "precision" | "variants">;

/**
 * The manifest with the files of one precision in their towers' places. "auto" keeps what the manifest names first,
 * or takes what it names for GPUs on one; so does a tower that lacks a precision which the other one has.
 * @throws MulanError `model.precision` when no tower has it
 */
export function choosePrecision(
  manifest: Manifest,
  asked: PrecisionRequest,
  device: Provider = "cpu",
): Manifest {
  if (asked === "auto") {
    const { gpu } = manifest.autoPrecision ?? {};
    return gpu === undefined || device === "cpu" ? manifest : choosePrecision(manifest, gpu);
  }
  const towers = [manifest.audio, manifest.text];
  const found = towers.flatMap((tower) => available(tower));
  if (!found.includes(asked)) {
    throw new MulanError("model.precision", `${manifest.id} has no ${asked} graphs`, {
      expected: ["auto", ...new Set(found)].join(", "),
      got: String(asked),
    });
  }
  return {
    ...manifest,
    audio: { ...manifest.audio, ...chosen(manifest.audio, asked) },
    text: { ...manifest.text, ...chosen(manifest.text, asked) },
  };
}

/** Files of other precisions than the chosen ones: they need not be there. */
export function unusedVariants({ audio, text }: Manifest): ReadonlySet<string> {
  const variants = [audio, text].flatMap((tower) => Object.values(tower.variants ?? {}));
  return new Set(variants.filter((file) => file !== audio.file && file !== text.file));
}

function available({ precision, variants = {} }: Tower): Precision[] {
  const others = Object.keys(variants) as Precision[];
  return precision ? [precision, ...others] : others;
}

/** The two files change places, so that what was first becomes a variant. */
function chosen({ file, precision, variants = {} }: Tower, asked: Precision): Partial<Tower> {
  const other = variants[asked];
  if (other === undefined) return {};
  const kept = precision === undefined ? {} : { [precision]: file };
  return { file: other, precision: asked, variants: { ...variants, ...kept } };
}
