// Listing 20,000 files with 188 tags from a CSV, JSONL and MagnaTagATune's own table: seconds and memory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMagnaTagATune } from "../kernel/mulan/datasets/magnaTagATune.ts";
import { readTable } from "../kernel/mulan/datasets/table/readTable.ts";

const N_ROWS = 20_000;
const N_TAGS = 188;
const TAGS_A_ROW = 4;
const FOLDERS = [..."0123456789abcdef"];

const tags = Array.from({ length: N_TAGS }, (_, i) => `tag ${i}`);
const pathOf = (row: number) => `${FOLDERS[row % FOLDERS.length]}/artist-album-${row}-0-29.mp3`;
const tagsOf = (row: number) =>
  Array.from({ length: TAGS_A_ROW }, (_, i) => (row * (2 * i + 1) + 7 * i) % N_TAGS);

const folder = mkdtempSync(join(tmpdir(), "mulan-bench-datasets-"));
try {
  writeLists();
  const all = { topTags: N_TAGS };
  await report("CSV", () => readTable(join(folder, "list.csv"), { kind: "tagged" }));
  await report("JSONL", () => readTable(join(folder, "list.jsonl"), { kind: "tagged" }));
  await report("MagnaTagATune's table", () => readMagnaTagATune(folder, all));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** In a function of its own, so that nothing of it is counted below. */
function writeLists(): void {
  for (const name of FOLDERS) mkdirSync(join(folder, name));
  const rows = Array.from({ length: N_ROWS }, (_, row) => row);
  // Empty files: listing must not open them.
  for (const row of rows) writeFileSync(join(folder, pathOf(row)), "");
  const csv = rows.map(
    (row) =>
      `${pathOf(row)},${tagsOf(row)
        .map((i) => tags[i])
        .join(";")}`,
  );
  writeFileSync(join(folder, "list.csv"), `path,tags\n${csv.join("\n")}\n`);
  const jsonl = rows.map((row) =>
    JSON.stringify({ path: pathOf(row), tags: tagsOf(row).map((i) => tags[i]) }),
  );
  writeFileSync(join(folder, "list.jsonl"), jsonl.join("\n"));
  const wide = rows.map((row) => {
    const marked = new Set(tagsOf(row));
    return [row, ...tags.map((_, i) => (marked.has(i) ? 1 : 0)), pathOf(row)].map(
      (cell) => `"${cell}"`,
    );
  });
  const header = ["clip_id", ...tags, "mp3_path"].map((name) => `"${name}"`);
  writeFileSync(
    join(folder, "annotations_final.csv"),
    [header, ...wide].map((cells) => cells.join("\t")).join("\n"),
  );
}

async function report(name: string, read: () => Promise<{ readonly items: readonly unknown[] }>) {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const dataset = await read();
  const seconds = (performance.now() - start) / 1000;
  const highest = process.resourceUsage().maxRSS / 1024;
  globalThis.gc?.();
  const kept = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.log(
    `${name}: ${dataset.items.length} items in ${seconds.toFixed(2)} s, ${kept.toFixed(1)} MiB kept, highest so far ${highest.toFixed(0)} MiB resident`,
  );
}
