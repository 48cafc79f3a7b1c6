import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../../kernel/mulan/foundation/packageRoot.ts";
import { type CodeServer, ensureCodeServer } from "../../../scripts/codeServer.mjs";
import { findChromium } from "./chromium.ts";

export interface Equipment {
  readonly chromium: string;
  readonly codeServer: CodeServer;
  readonly vsix: string;
}

const VSIX_FOLDER = join(packageRoot, ".cache", "vsix");

/**
 * What the tests in a real VS Code need, made or installed where it is missing.
 * @returns the reason in one line where it cannot be had; with MULAN_TEST_STRICT=1 that is an error
 */
export function findEquipment(): Equipment | string {
  try {
    const chromium = findChromium();
    if (!chromium) throw new Error("no Chromium on this machine (apt-get install -y chromium)");
    return { chromium, codeServer: ensureCodeServer(), vsix: makeVsix() };
  } catch (error) {
    if (process.env.MULAN_TEST_STRICT === "1") throw error;
    return `skipped, the tests in a real VS Code: ${error instanceof Error ? error.message : error}`;
  }
}

/** Packs the extension as a user would install it. */
function makeVsix(): string {
  const made = execFileSync(
    process.execPath,
    [join(packageRoot, "scripts/vsix/cli.mjs"), VSIX_FOLDER],
    {
      cwd: packageRoot,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  return made.trim();
}
