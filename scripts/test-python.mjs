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
/** The second list is installed without what its packages ask for; its file says why. */
const lists = [
  ["test/python/requirements.txt", "training/export/requirements.txt"],
  ["training/export/requirements-no-deps.txt"],
];
const stamp = join(venv, ".requirements-sha256");
const hash = createHash("sha256");
for (const file of lists.flat()) hash.update(readFileSync(join(root, file)));
const wanted = hash.digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  console.error("making a Python environment with PyTorch in .venv (8 GB, some minutes) …");
  runStep(process.env.PYTHON ?? "python3", ["-m", "venv", venv]);
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const [whole, bare] = lists.map((files) => files.flatMap((file) => ["-r", join(root, file)]));
  runStep(python, [...pip, ...whole]);
  runStep(python, [...pip, "--no-deps", ...bare]);
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
