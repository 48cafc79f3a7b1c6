import { MulanError } from "../../foundation/errors.ts";
import { columnOf, shownHeader } from "../list/columns.ts";

/** Which column of a table holds what; names as in the table. */
export interface TableColumns {
  readonly path?: string;
  readonly tags?: string;
  readonly captions?: string;
  readonly id?: string;
  readonly split?: string;
  /** What keeps items together: the recording, the artist. */
  readonly group?: string;
  readonly startSec?: string;
  readonly endSec?: string;
  readonly durationSec?: string;
}

export type TableKind = "tagged" | "captioned";

/** How others call these columns, most telling first. */
const NAMES: Readonly<Record<keyof TableColumns, readonly string[]>> = {
  path: "path file filename filepath audio audio_path audio_file audio_filepath mp3_path wav location".split(
    " ",
  ),
  tags: "tags tag labels label genres genre classes class categories category".split(" "),
  captions: "captions caption text texts description descriptions sentence".split(" "),
  id: "id clip_id track_id audio_id item_id".split(" "),
  split: ["split"],
  group: ["group", "group_id"],
  startSec: "start_sec start_s start_seconds start_time start".split(" "),
  endSec: "end_sec end_s end_seconds end_time end".split(" "),
  durationSec: "duration_sec duration_s".split(" "),
};

/** The columns of a table, those given and for the rest those that go by a usual name. */
export interface FoundColumns {
  readonly kind: TableKind;
  readonly path: string;
  readonly texts: string;
  readonly id: string | undefined;
  readonly split: string | undefined;
  readonly group: string | undefined;
  readonly startSec: string | undefined;
  readonly endSec: string | undefined;
  readonly durationSec: string | undefined;
}

/** @throws MulanError `dataset.header` for a column that is missing; `dataset.ambiguous` for tags beside captions */
export function findColumns(
  header: readonly string[],
  file: string,
  given: TableColumns = {},
  kind?: TableKind,
): FoundColumns {
  const find = (role: keyof TableColumns) => {
    const name = given[role];
    if (name !== undefined && !header.includes(name)) throw lacking(`"${name}"`, role);
    return name ?? header[columnOf(header, NAMES[role])];
  };
  const path = find("path");
  if (path === undefined) throw lacking(someOf("path"), "path");
  const tags = kind === "captioned" ? undefined : find("tags");
  const captions = kind === "tagged" ? undefined : find("captions");
  const chosen = given.tags ? "tagged" : given.captions ? "captioned" : kind;
  if (chosen === undefined && tags !== undefined && captions !== undefined) {
    throw new MulanError("dataset.ambiguous", "the table has tags and captions", {
      subject: file,
      got: `columns "${tags}" and "${captions}"`,
      remedy: 'Pass { kind: "tagged" } or { kind: "captioned" }',
    });
  }
  const isTagged = chosen === undefined ? tags !== undefined : chosen === "tagged";
  const texts = isTagged ? tags : captions;
  if (texts === undefined) {
    const role = chosen === "captioned" ? "captions" : "tags";
    const missing = chosen ? someOf(role) : `${someOf("tags")}, or ${someOf("captions")}`;
    throw lacking(missing, role);
  }
  return {
    kind: isTagged ? "tagged" : "captioned",
    path,
    texts,
    id: find("id"),
    split: find("split"),
    group: find("group"),
    startSec: find("startSec"),
    endSec: find("endSec"),
    durationSec: find("durationSec"),
  };

  function lacking(expected: string, role: string): MulanError {
    return new MulanError("dataset.header", "a column is missing", {
      subject: file,
      expected,
      got: shownHeader(header),
      remedy: `Pass { columns: { ${role}: … } } with the name of the right one`,
    });
  }
}

function someOf(role: keyof TableColumns): string {
  return `a column called ${NAMES[role].slice(0, 3).join(", ")} or the like`;
}
