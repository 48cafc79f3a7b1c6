import { lexicalVerdict } from "./lexicalOverlap.ts";
import { measured } from "./measured.ts";
import type { Measured, TripletsReport } from "./report.ts";
import type { TripletRow } from "./triplets.ts";

/** Names under which tables show them. */
export const CHANCE = "chance";
export const LEXICAL_OVERLAP = "lexical overlap";

/** What guessing and what comparing letters make of the same triplets; letters only where all members are texts. */
export function tripletBaselines(
  rows: readonly TripletRow[],
  accuracyOf: (verdicts: readonly (number | undefined)[]) => Measured,
): TripletsReport["baselines"] {
  const verdicts = rows.map(({ anchor, positive, negative }) =>
    typeof anchor === "string" && typeof positive === "string" && typeof negative === "string"
      ? lexicalVerdict(anchor, positive, negative)
      : undefined,
  );
  const areTexts = verdicts.some((verdict) => verdict !== undefined);
  const chance = measured("accuracy", 0.5, { n: rows.length, chance: 0.5 });
  return [
    { id: CHANCE, accuracy: chance },
    ...(areTexts ? [{ id: LEXICAL_OVERLAP, accuracy: accuracyOf(verdicts) }] : []),
  ];
}
