// What every command needs on a fresh machine: packages installed, dist/ built. Uses only Node itself.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** This package's folder. Looked for upwards: a bench is bundled with these scripts and runs out of dist/bench. */
export const root = packageAbove(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];

function packageAbove(folder) {
  const manifest = join(folder, "package.json");
  const isOurs =
    existsSync(manifest) && readFileSync(manifest, "utf8").includes('"name": "mulan-notebook"');
  if (isOurs) return folder;
  if (dirname(folder) === folder) throw new Error("these scripts lie outside of their package");
  return packageAbove(dirname(folder));
}

/** Runs a program in the project's folder; its output goes to stderr so that stdout stays a result. */
export function runStep(program, args, options = {}) {
  execFileSync(program, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
}

export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `MuLan Notebooks needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`,
  );
  process.exit(1);
}

/** Installs when node_modules is missing or holds other versions than the lock file. */
export function ensureInstalled() {
  if (isInstalled()) return;
  console.error("installing packages (once; about a minute) …");
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  runStep(npmProgram(), args, { shell: process.platform === "win32" });
}

/** npm writes down what it installed in a lock file of its own inside node_modules. */
function isInstalled() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(installedFile);
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    const there = installed[path];
    if (path === "" || (!there && (optional || devOptional))) return true;
    return there?.version === version;
  });
}

function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

/** Builds when a source is newer than the last build. */
export function ensureBuilt() {
  const stamp = join(root, "dist", ".built");
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  const sources = [
    "kernel",
    "scripts",
    "extension",
    "renderers",
    "package-lock.json",
    "package.json",
  ];
  if (sources.some((path) => newestChange(join(root, path)) > builtAt)) {
    runStep(process.execPath, ["scripts/build.mjs"]);
  }
}

export function prepare() {
  checkNode();
  ensureInstalled();
  ensureBuilt();
}

export function npmProgram() {
  return process.platform === "win32" ? "npm.cmd" : "npm";
}

/** Time of the latest change of a file or of anything in a folder, in ms; 0 for nothing. */
export function newestChange(path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const inside = readdirSync(path).map((name) => newestChange(join(path, name)));
  return Math.max(info.mtimeMs, ...inside);
}
