import type { Dataset } from "../datasets/dataset.ts";
import type { Failure } from "../foundation/errors.ts";
import { packageVersion } from "../foundation/packageRoot.ts";
import type { ReportData } from "./report.ts";

/** What every report says of its data, its making and what failed. */
export function reportFacts(
  dataset: Dataset,
  facts: {
    /** Items that were scored. */
    readonly n: number;
    readonly seed: number;
    readonly failures: readonly Failure[];
  },
): {
  readonly data: ReportData;
  readonly seed: number;
  readonly failures: readonly Failure[];
  readonly version: string;
  readonly madeAt: string;
} {
  const { name, sha256, conventions } = dataset;
  return {
    data: { name, sha256, n: facts.n, conventions },
    seed: facts.seed,
    failures: [...dataset.failures, ...facts.failures],
    version: packageVersion,
    madeAt: new Date().toISOString(),
  };
}
