import { MulanError } from "../../foundation/errors.ts";
import { shown } from "./rowErrors.ts";

/** Case, spaces and underscores make no difference: "File Name" is "file_name". */
const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, "");

/** The place of the first of `names` that the header has; −1 where it has none. */
export function columnOf(header: readonly string[], names: readonly string[]): number {
  const known = header.map(plain);
  for (const name of names) {
    const place = known.indexOf(plain(name));
    if (place >= 0) return place;
  }
  return -1;
}

/** @throws MulanError `dataset.header` */
export function needColumn(header: readonly string[], names: readonly string[], path: string) {
  const place = columnOf(header, names);
  if (place >= 0) return place;
  throw new MulanError("dataset.header", "a column is missing", {
    subject: `${path}:1`,
    expected: names.map((name) => JSON.stringify(name)).join(" or "),
    got: shownHeader(header),
  });
}

export function shownHeader(header: readonly string[]): string {
  const some = header.slice(0, 12).map(shown).join(", ");
  return header.length > 12 ? `${some} and ${header.length - 12} more` : some;
}
