import { extname, resolve } from "node:path";
import { assertNotPromise } from "../../foundation/arguments.ts";
import { MulanError } from "../../foundation/errors.ts";
import { writeAtomically } from "../../foundation/writeAtomically.ts";
import type { Report } from "../report.ts";
import { reportToJson } from "./reportJson.ts";
import { reportTable } from "./reportTable.ts";
import { tableToCsv } from "./tableCsv.ts";
import { tableToParquet } from "./tableParquet.ts";

const FORMATS: Readonly<Record<string, (report: Report) => string | Uint8Array>> = {
  ".json": reportToJson,
  ".csv": (report) => tableToCsv(reportTable(report)),
  ".parquet": (report) => tableToParquet(reportTable(report), report),
};

/**
 * Writes a report; the suffix decides: .json is the whole of it (`loadReport` reads it back), .csv and .parquet are its
 * table, one row a label, query, triplet or compared model. Folders are made; an existing file is replaced only when the
 * new one is complete.
 * @throws MulanError `report-file.suffix`; the file system's errors
 */
export async function saveReport(report: Report, path: string): Promise<void> {
  assertNotPromise(report, "saveReport(await evaluateTagging(…), path)");
  const suffix = extname(path).toLowerCase();
  const encode = FORMATS[suffix];
  if (!encode) {
    throw new MulanError("report-file.suffix", "this suffix stands for no report format", {
      subject: path,
      expected: Object.keys(FORMATS).join(", "),
      got: suffix || "none",
    });
  }
  await writeAtomically(resolve(path), encode(report));
}
