import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/mulan/foundation/packageRoot.ts";

/** A Python with numpy: MULAN_PYTHON, what `npm run test:python` made, else python3; undefined where none has it. */
export const pythonWithNumpy: string | undefined = [
  process.env.MULAN_PYTHON,
  join(
    packageRoot,
    ".venv",
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  ),
  "python3",
].find((python) => python && hasNumpy(python));

function hasNumpy(python: string): boolean {
  if (python.includes("/") && !existsSync(python)) return false;
  return spawnSync(python, ["-c", "import numpy"], { stdio: "ignore" }).status === 0;
}

/** Tests that need it are skipped where it is missing, except where nothing may be skipped. */
export const skipPython: boolean = pythonWithNumpy === undefined && !process.env.MULAN_TEST_STRICT;
