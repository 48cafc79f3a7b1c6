// The engine as a person feels it: how long until it is ready, and how long an empty-handed cell takes.
// Optional: ipykernel beside it, where `PYTHON` (default python3) can import it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { builtEntry, packageRoot } from "../kernel/mulan/foundation/packageRoot.ts";

const { Supervisor } = (await import(
  pathToFileURL(builtEntry("session")).href
)) as typeof import("../kernel/session/index.ts");

const N_STARTS = 7;
const N_CELLS = 300;

const startsMs: number[] = [];
for (let i = 0; i < N_STARTS; i++) {
  await using supervisor = new Supervisor();
  const beginMs = performance.now();
  await supervisor.start();
  startsMs.push(performance.now() - beginMs);
}
report("engine ready", startsMs, "target ≤ 700 ms");

await using supervisor = new Supervisor();
await supervisor.start();
await supervisor.execute("let x = 1; mulan.packageVersion");
for (const [name, code] of [
  ["expression", "x + 1"],
  ["TypeScript with await", "const y: number = await Promise.resolve(x); y * 2"],
  ["print", "console.log(x)"],
  [
    "twenty lines",
    Array.from({ length: 20 }, (_, i) => `const v${i}: number = x + ${i}`).join("\n"),
  ],
] as const) {
  for (let i = 0; i < 50; i++) await supervisor.execute(code, { cellId: "warm" });
  const timesMs: number[] = [];
  for (let i = 0; i < N_CELLS; i++) {
    const beginMs = performance.now();
    // A different text each time, so that nothing is compiled before.
    await supervisor.execute(`${code} // ${i}`, { cellId: "bench" });
    timesMs.push(performance.now() - beginMs);
  }
  report(`round trip: ${name}`, timesMs, "target p50 ≤ 3 ms");
}

const python = process.env.PYTHON ?? "python3";
const reference = spawnSync(python, [join(packageRoot, "bench/reference/ipykernelRoundTrip.py")], {
  encoding: "utf8",
});
console.log(reference.status === 0 ? reference.stdout.trim() : "ipykernel: not importable here");

function report(name: string, timesMs: readonly number[], target: string): void {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(2);
  console.log(`${name}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, min ${at(0)} ms (${target})`);
}
