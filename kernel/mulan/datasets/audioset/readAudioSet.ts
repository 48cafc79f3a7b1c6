import type { Failure } from "../../foundation/errors.ts";
import { MulanError } from "../../foundation/errors.ts";
import type { TaggedDataset, TaggedItem } from "../dataset.ts";
import { needColumn } from "../list/columns.ts";
import { walkCsv } from "../list/csv.ts";
import { missing } from "../list/foundAudio.ts";
import { decodeList, type ListFile, readListFile, sha256OfAll } from "../list/listFile.ts";
import { placeOf } from "../list/rowErrors.ts";
import { type MusicClasses, musicClasses } from "../ontology/musicClasses.ts";
import type { Ontology, OntologyNode } from "../ontology/ontology.ts";
import { readOntology } from "../ontology/readOntology.ts";
import { readSegments, type Segment } from "./segments.ts";
import { fileOfExcerpt, filesByStem, likeliestFile } from "./videoFiles.ts";

export type AudioSetSubset =
  | "music-genres-25"
  | "music-141-instruments-genres-roles"
  | "music-141-all-but-roles"
  | "music-all"
  | "all";

export interface AudioSetOptions {
  /** eval_segments.csv or one like it. */
  readonly segments: string;
  /** ontology.json. */
  readonly ontology: string;
  /** class_labels_indices.csv: the 527 classes that were released with labels. */
  readonly labels?: string;
  /** Needed where there is audio; searched with all below it. Files are called by the video: YTID.wav, YTID_30.000.flac, … */
  readonly audioFolder?: string;
  /** Keep items whose file is not there: embeddings made elsewhere need no sound. Default false. */
  readonly withoutAudio?: boolean;
  /** Which classes are the labels. Default "music-genres-25". */
  readonly subset?: AudioSetSubset;
  /** "excerpts" (default): each file is the segment. "videos": it is the whole video, and the segment is cut from it. */
  readonly files?: "excerpts" | "videos";
  /** Whether a segment of a class also counts for the classes above it. Default false: the labels as released. */
  readonly ancestors?: boolean;
}

const CLASSES: Readonly<Record<Exclude<AudioSetSubset, "all">, MusicClasses>> = {
  "music-genres-25": "genres",
  "music-141-instruments-genres-roles": "instruments-genres-roles",
  "music-141-all-but-roles": "all-but-roles",
  "music-all": "all",
};

/**
 * AudioSet's segments with the classes of a subset as labels; segments with none of them are left out.
 * @throws MulanError `dataset.file`, `dataset.json`, `dataset.ontology`, `dataset.header`, `dataset.no-audio`,
 * `dataset.empty`, `dataset.subset`
 */
export async function readAudioSet(options: AudioSetOptions): Promise<TaggedDataset> {
  const { subset = "music-genres-25", files = "excerpts" } = options;
  const list = await readListFile(options.segments);
  const ontology = await readOntology(options.ontology);
  const released = options.labels === undefined ? undefined : await readListFile(options.labels);
  const classes = classesOf(ontology, subset, released && releasedIds(released));
  const { segments, failures } = readSegments(decodeList(list).text, list.path);
  const labelsOf = labeller(ontology, classes, options.ancestors ?? false);
  const labelled = segments
    .map((segment) => ({ segment, tags: labelsOf(segment) }))
    .filter(({ tags }) => tags.length > 0);
  if (labelled.length === 0) {
    throw new MulanError("dataset.empty", "no segment has a label of this subset", {
      subject: list.path,
      expected: `one of ${classes.length} classes such as ${classes[0]!.id} ("${classes[0]!.name}")`,
      got: `${segments.length} segments without`,
    });
  }
  const onDisk = await filesByStem(options.audioFolder, options);
  const items: TaggedItem[] = [];
  const lost: Failure[] = [];
  for (const { segment, tags } of labelled) {
    const { ytid, startSec, endSec } = segment;
    const path = fileOfExcerpt(onDisk, ytid, startSec, endSec) ?? likeliestFile(ytid, options);
    if (path === undefined) lost.push(missing(ytid, placeOf(list.path, segment.line)));
    else items.push({ ...refOf(segment, path, files), tags });
  }
  if (items.length === 0) {
    throw new MulanError("dataset.no-audio", "not one of its audio files is there", {
      subject: list.path,
      expected: `a file such as ${labelled[0]!.segment.ytid}.wav below ${options.audioFolder}`,
      got: `${onDisk.size} files called otherwise`,
    });
  }
  return {
    kind: "tagged",
    name: `AudioSet (${subset})`,
    sha256: sha256OfAll([list, ontology, ...(released ? [released] : [])]),
    labels: classes.map(({ name }) => name),
    items,
    conventions: [
      `${subset}: ${classes.length} classes, ${sourceOfClasses(released)}`,
      options.ancestors
        ? "a label counts for the classes above it too"
        : "labels as released, not passed on to the classes above",
      `${segments.length - labelled.length} of ${segments.length} segments without any of these classes left out`,
      `${lost.length} segments without a file left out`,
      files === "excerpts" ? "files are the segments" : "segments are cut from whole videos",
    ],
    failures: [...failures, ...lost],
  };
}

function refOf({ ytid, startSec, endSec }: Segment, path: string, files: "excerpts" | "videos") {
  // One video may give several segments.
  const id = `${ytid}_${startSec}`;
  if (files === "excerpts") return { id, path };
  return { id, path, startSec, durationSec: endSec - startSec };
}

function sourceOfClasses(released: ListFile | undefined): string {
  return released
    ? "those of the ontology that are in the labels file"
    : "those of the ontology without restrictions (no labels file was given)";
}

function classesOf(
  ontology: Ontology,
  subset: AudioSetSubset,
  released: ReadonlySet<string> | undefined,
): readonly OntologyNode[] {
  if (subset === "all") {
    return ontology.nodes.filter(({ id, restrictions }) =>
      released ? released.has(id) : restrictions.length === 0,
    );
  }
  if (Object.hasOwn(CLASSES, subset)) return musicClasses(ontology, CLASSES[subset], released);
  throw new MulanError("dataset.subset", "there is no such subset of AudioSet", {
    expected: [...Object.keys(CLASSES), "all"].join(", "),
    got: JSON.stringify(subset),
  });
}

/** The ids of class_labels_indices.csv. @throws MulanError `dataset.header`, `dataset.csv` */
export function releasedIds(list: ListFile): Set<string> {
  const ids = new Set<string>();
  let at = -1;
  const failures = walkCsv(decodeList(list).text, {
    path: list.path,
    delimiter: ",",
    onHeader: (names) => {
      at = needColumn(names, ["mid"], list.path);
    },
    onRow: (fields) => ids.add(fields[at]!.trim()),
  });
  // A class that is lost here would be lost from every table in silence.
  if (failures.length > 0) throw failures[0]!.error;
  return ids;
}

/** A segment's classes by name, in the ontology's order. */
function labeller(
  ontology: Ontology,
  classes: readonly OntologyNode[],
  ancestors: boolean,
): (segment: Segment) => string[] {
  const counts = new Map(
    classes.map((node) => [
      node,
      new Set(ancestors ? ontology.subtree(node.id).map(({ id }) => id) : [node.id]),
    ]),
  );
  return ({ labelIds }) =>
    classes
      .filter((node) => labelIds.some((id) => counts.get(node)!.has(id)))
      .map(({ name }) => name);
}
