import type { ClipId } from "../../mulan/figures/contract.ts";
import type { LiveMember } from "../../mulan/figures/contractLive.ts";
import { MulanError } from "../../mulan/foundation/errors.ts";
import type { JointModel } from "../../mulan/model/jointModel.ts";
import { apartFromCells } from "./handler.ts";
import { shownClips } from "./shownClips.ts";

const maxRows = 4096;

/** Rows of clips by model and id: a typed prompt then costs one text embedding and no look at any file. */
const rows = new Map<string, Float32Array>();

/** Unit vectors of clips and texts, in their order. @throws MulanError when one of them cannot be embedded */
export async function memberRows(
  model: JointModel,
  members: readonly LiveMember[],
): Promise<Float32Array[]> {
  const clips = members.flatMap((member) => ("clip" in member ? [member.clip] : []));
  const texts = members.flatMap((member) => ("text" in member ? [member.text] : []));
  const [clipRows, textRows] = await Promise.all([
    rowsOfClips(model, clips),
    rowsOfTexts(model, texts),
  ]);
  return members.map((member) =>
    "clip" in member ? clipRows.get(member.clip)! : textRows.get(member.text)!,
  );
}

/** The cosines of a unit vector with others. */
export function cosines(row: Float32Array, others: readonly Float32Array[]): Float32Array {
  return Float32Array.from(others, (other) => {
    let dot = 0;
    for (let k = 0; k < row.length; k++) dot += row[k]! * other[k]!;
    return Math.max(-1, Math.min(1, dot));
  });
}

async function rowsOfClips(
  model: JointModel,
  ids: readonly ClipId[],
): Promise<Map<ClipId, Float32Array>> {
  const found = new Map<ClipId, Float32Array>();
  const missing = [...new Set(ids)].filter((id) => {
    const row = rows.get(keyOf(model, id));
    if (row) found.set(id, row);
    return !row;
  });
  if (missing.length === 0) return found;
  const clips = await Promise.all(missing.map((id) => shownClips.open(id)));
  const embedded = await model.embedAudio(clips, apartFromCells());
  if (embedded.failures.length > 0) throw embedded.failures[0]!.error;
  missing.forEach((id, i) => {
    const row = embedded.row(i);
    found.set(id, row);
    remember(keyOf(model, id), row);
  });
  return found;
}

async function rowsOfTexts(
  model: JointModel,
  texts: readonly string[],
): Promise<Map<string, Float32Array>> {
  const distinct = [...new Set(texts)];
  if (distinct.length === 0) return new Map();
  const embedded = await model.embedText(distinct, apartFromCells());
  if (embedded.failures.length > 0) throw embedded.failures[0]!.error;
  if (embedded.n !== distinct.length) {
    throw new MulanError("live.text", "not every text could be embedded");
  }
  return new Map(distinct.map((text, i) => [text, embedded.row(i)]));
}

function remember(key: string, row: Float32Array): void {
  rows.set(key, row);
  const [oldest] = rows.keys();
  if (rows.size > maxRows && oldest !== undefined) rows.delete(oldest);
}

function keyOf(model: JointModel, id: ClipId): string {
  return `${model.id} ${id}`;
}
