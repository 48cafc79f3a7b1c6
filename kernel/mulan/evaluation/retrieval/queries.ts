import type { AudioRef, CaptionedDataset, PlaylistDataset } from "../../datasets/dataset.ts";
import { MulanError } from "../../foundation/errors.ts";
import { soundKey } from "../sounds/soundKey.ts";

export type QueryKind = "title" | "description" | "caption";

export interface Query {
  readonly text: string;
  readonly from: QueryKind;
  /** Places in `refs` of the sounds that answer it, each once. */
  readonly relevant: readonly number[];
}

export interface Queries {
  /** Every sound once, however many lists it stands in. */
  readonly refs: readonly AudioRef[];
  readonly queries: readonly Query[];
  readonly conventions: readonly string[];
}

/**
 * What is asked for and what answers it: the tracks of a playlist answer its title or description, a sound its captions.
 * @throws MulanError `evaluation.query`, `evaluation.no-queries`
 */
export function queriesOf(
  dataset: PlaylistDataset | CaptionedDataset,
  kind: QueryKind | undefined,
): Queries {
  const isList = dataset.kind === "playlists";
  const from = kind ?? (isList ? "title" : "caption");
  if (isList !== (from !== "caption")) {
    throw new MulanError("evaluation.query", `this data set has no ${from} to ask with`, {
      subject: dataset.name,
      expected: isList ? '"title" or "description"' : '"caption"',
      got: JSON.stringify(from),
    });
  }
  const found = isList ? ofPlaylists(dataset, from) : ofCaptions(dataset);
  if (found.queries.length > 0) return found;
  throw new MulanError("evaluation.no-queries", `no ${from} to ask with was found`, {
    subject: dataset.name,
    expected: isList ? `playlists with a ${from} and tracks` : "items with captions",
  });
}

function ofPlaylists({ playlists }: PlaylistDataset, from: QueryKind): Queries {
  const places = new Map<string, number>();
  const refs: AudioRef[] = [];
  const placeOf = (track: AudioRef) => {
    const key = soundKey(track);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, refs.length);
    return refs.push(track) - 1;
  };
  const queries: Query[] = [];
  let nSilent = 0;
  for (const { title, description, tracks } of playlists) {
    const relevant = [...new Set(tracks.map(placeOf))];
    const text = (from === "title" ? title : description)?.trim();
    if (text && relevant.length > 0) queries.push({ text, from, relevant });
    else nSilent++;
  }
  return {
    refs,
    queries,
    conventions: [
      `query: a playlist's ${from}; relevant: its own tracks among all tracks of all playlists`,
      ...(nSilent > 0 ? [`${nSilent} playlists without a ${from} or tracks ask nothing`] : []),
    ],
  };
}

function ofCaptions({ items }: CaptionedDataset): Queries {
  const queries = items.flatMap(({ captions }, place) =>
    captions
      .map((caption) => caption.trim())
      .filter((caption) => caption !== "")
      .map((text): Query => ({ text, from: "caption", relevant: [place] })),
  );
  return {
    refs: items,
    queries,
    conventions: ["query: a caption; relevant: its own clip only"],
  };
}
