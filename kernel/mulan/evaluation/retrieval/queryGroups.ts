import { groupNumbers } from "../groups.ts";
import type { QueryMeasures, ReportItem } from "../report.ts";

/**
 * What queries hang together by: captions of one clip's group are of one recording. A playlist's title is of many sounds
 * and stands for itself.
 * @returns `[queries]`; undefined where no query has a group
 */
export function queryGroups(
  queries: readonly Pick<QueryMeasures, "from" | "relevant">[],
  items: readonly ReportItem[],
): readonly number[] | undefined {
  return groupNumbers(
    queries.map(({ from, relevant }) => {
      const group = from === "caption" ? items[relevant[0]!]?.group : undefined;
      return group === undefined ? {} : { group };
    }),
  );
}
