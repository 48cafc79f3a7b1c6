// The whole test command: lint, then every vitest file. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const { checks, lint } = await import("./lint.mjs");

const filters = process.argv.slice(2);
const failedChecks = filters.length > 0 ? [] : lint();
const runChecks = filters.length > 0 ? 0 : checks.length;

const reportFolder = mkdtempSync(join(tmpdir(), "mulan-test-"));
const reportFile = join(reportFolder, "report.json");
const vitest = spawnSync(
  process.execPath,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reportFile}`,
    ...filters,
  ],
  { cwd: root, stdio: "inherit" },
);
const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, "utf8")) : undefined;
rmSync(reportFolder, { recursive: true });

// A file that could not be loaded has no tests of its own to fail: it counts as one.
const brokenFiles = report
  ? report.testResults.filter(
      (file) =>
        file.status === "failed" && !file.assertionResults.some((t) => t.status === "failed"),
    ).length
  : 1;
const passed = (report?.numPassedTests ?? 0) + runChecks - failedChecks.length;
let failed = (report?.numFailedTests ?? 0) + brokenFiles + failedChecks.length;
if (vitest.status !== 0 && failed === 0) failed = 1;
const skipped = report?.numPendingTests ?? 0;

for (const [what] of failedChecks) console.log(`FAILED: ${what}`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed === 0 ? 0 : 1);
