import { ByteWriter, parquetWrite } from "hyparquet-writer";
import type { Report } from "../report.ts";
import type { Column } from "./reportTable.ts";

/** The table, with the report's task, data and figures in the file's metadata. */
export function tableToParquet(columns: readonly Column[], report: Report): Uint8Array {
  const writer = new ByteWriter();
  const figures = report.task === "comparison" ? report.rows : report.measures;
  parquetWrite({
    writer,
    columnData: columns.map(({ name, type, cells }) => ({
      name,
      type,
      data: [...cells],
      nullable: cells.includes(null),
    })),
    kvMetadata: [
      { key: "mulan.task", value: report.task },
      { key: "mulan.data", value: JSON.stringify(report.data) },
      { key: "mulan.measures", value: JSON.stringify(figures) },
    ],
    createdBy: "mulan-notebook",
  });
  return new Uint8Array(writer.getBuffer());
}
