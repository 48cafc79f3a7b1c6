import { describeReport } from "./describeReport.ts";
import type { Report } from "./report.ts";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Gives a report its text form; the report stays plain data, since what is added is not enumerable. */
export function asReport<R extends Report>(report: R): R {
  const describe = () => describeReport(report);
  return Object.defineProperties(report, {
    toString: { value: describe, enumerable: false },
    [INSPECT]: { value: describe, enumerable: false },
  });
}
