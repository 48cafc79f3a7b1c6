// Tests that need Python: a venv of our own with the pinned packages of test/python, then pytest.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepare, root, runStep } from "./prepare.mjs";

prepare();
const venv = join(root, ".venv");
const python = join(
  venv,
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);
const requirements = join(root, "test", "python", "requirements.txt");
const stamp = join(venv, ".requirements-sha256");
const wanted = createHash("sha256").update(readFileSync(requirements)).digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  console.error("making a Python environment in .venv …");
  runStep(process.env.PYTHON ?? "python3", ["-m", "venv", venv]);
  runStep(python, [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "-r",
    requirements,
  ]);
  writeFileSync(stamp, wanted);
}
const { status } = spawnSync(
  python,
  ["-m", "pytest", "-q", "test/python", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
  },
);
process.exit(status ?? 1);
