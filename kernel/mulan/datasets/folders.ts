import { basename, relative, resolve, sep } from "node:path";
import { listFiles } from "../audio/listFiles.ts";
import { MulanError } from "../foundation/errors.ts";
import type { TaggedDataset, TaggedItem } from "./dataset.ts";
import { sha256Of } from "./list/listFile.ts";

export interface FolderOptions {
  /**
   * What keeps files together: "folder" for what lies in one folder below a label's (blues/album/one.wav), or the
   * group of each path as it is below the data set's folder, "/" between its parts; undefined for a file that stands
   * alone. Default: every file stands alone.
   */
  readonly group?: "folder" | ((path: string) => string | undefined);
}

/**
 * A folder whose sub-folders are labels (GTZAN's shape): genres/blues/one.wav is tagged "blues". What lies deeper
 * counts for the uppermost sub-folder. The hash is of the sorted relative paths.
 * @throws MulanError `dataset.no-audio`, `dataset.no-labels`
 */
export async function readFolders(
  folder: string,
  { group: rule }: FolderOptions = {},
): Promise<TaggedDataset> {
  const root = resolve(folder);
  const { paths, failures } = await listFiles([root], process.cwd());
  if (paths.length === 0) {
    throw new MulanError(
      "dataset.no-audio",
      "the folder holds no audio file",
      { subject: root, expected: "sub-folders that are named after labels" },
      { cause: failures[0]?.error },
    );
  }
  const relatives = paths.map((path) => relative(root, path).split(sep).join("/"));
  const items = relatives.flatMap((id, i): TaggedItem[] => {
    const end = id.indexOf("/");
    if (end < 0) return [];
    const group = groupOf(id, rule);
    const tags = [id.slice(0, end)];
    return [{ id, path: paths[i]!, tags, ...(group !== undefined && { group }) }];
  });
  if (items.length === 0) {
    throw new MulanError("dataset.no-labels", "the folder has no sub-folders with audio", {
      subject: root,
      expected: "a sub-folder for each label",
      got: `${paths.length} files in the folder itself`,
    });
  }
  const nLoose = paths.length - items.length;
  return {
    kind: "tagged",
    name: basename(root),
    sha256: sha256Of([...relatives].sort().join("\n")),
    labels: [...new Set(items.flatMap(({ tags }) => tags))],
    items,
    conventions: [
      "the uppermost sub-folder is the label",
      ...(rule === "folder" ? ["files of one folder below a label's are kept together"] : []),
      ...(typeof rule === "function" ? ["groups by a rule on the path"] : []),
      ...(nLoose > 0 ? [`${nLoose} files beside the sub-folders left out`] : []),
    ],
    failures,
  };
}

function groupOf(id: string, rule: FolderOptions["group"]): string | undefined {
  if (rule !== "folder") return rule?.(id) || undefined;
  const [label, ...rest] = id.split("/").slice(0, -1);
  return rest.length > 0 ? [label, ...rest].join("/") : undefined;
}
