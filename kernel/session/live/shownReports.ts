import { randomUUID } from "node:crypto";
import type { Report } from "../../mulan/evaluation/report.ts";
import type { ReportId } from "../../mulan/figures/contractReport.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";

const maxReports = 50;
/** Of scores: a report over 20,000 clips and 188 labels holds 19 MB. */
const maxBytes = 256 * 2 ** 20;

/** The reports that this engine has shown, under ids that only it can have given. The oldest are forgotten. */
export class ShownReports {
  readonly #reports = new Map<ReportId, Report>();
  readonly #ids = new WeakMap<Report, ReportId>();

  readonly idOf = (report: Report): ReportId => {
    const id = this.#ids.get(report) ?? `report-${randomUUID()}`;
    this.#ids.set(report, id);
    this.#reports.delete(id);
    this.#reports.set(id, report);
    this.#forgetOldest();
    return id;
  };

  has(id: ReportId): boolean {
    return this.#reports.has(id);
  }

  /** @throws MulanError `live.no-report` */
  get(id: ReportId): Report {
    const report = this.#reports.get(id);
    if (report) return report;
    throw new MulanError("live.no-report", "this engine does not hold that report any more", {
      remedy: "Run the cell again",
    });
  }

  #forgetOldest(): void {
    let bytes = 0;
    for (const report of this.#reports.values()) bytes += bytesOf(report);
    for (const [id, report] of this.#reports) {
      const fits = this.#reports.size <= maxReports && bytes <= maxBytes;
      if (fits || this.#reports.size === 1) return;
      bytes -= bytesOf(report);
      this.#reports.delete(id);
    }
  }
}

function bytesOf(report: Report): number {
  const scores = "scores" in report ? report.scores.byteLength : 0;
  return scores + ("truth" in report ? report.truth.byteLength : 0);
}

/** One engine runs one notebook. */
export const shownReports = new ShownReports();
