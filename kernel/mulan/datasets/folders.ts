import { basename, relative, resolve, sep } from "node:path";
import { listFiles } from "../audio/listFiles.ts";
import { MulanError } from "../foundation/errors.ts";
import type { TaggedDataset, TaggedItem } from "./dataset.ts";
import { sha256Of } from "./list/listFile.ts";

/**
 * A folder whose sub-folders are labels (GTZAN's shape): genres/blues/one.wav is tagged "blues". What lies deeper
 * counts for the uppermost sub-folder. The hash is of the sorted relative paths.
 * @throws MulanError `dataset.no-audio`, `dataset.no-labels`
 */
export async function readFolders(folder: string): Promise<TaggedDataset> {
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
    return end < 0 ? [] : [{ id, path: paths[i]!, tags: [id.slice(0, end)] }];
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
      ...(nLoose > 0 ? [`${nLoose} files beside the sub-folders left out`] : []),
    ],
    failures,
  };
}
