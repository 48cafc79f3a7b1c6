// A real VS Code in the browser: code-server, installed into .cache/code-server on first use.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { npmProgram, root, runStep } from "./prepare.mjs";
import { ensureTool } from "./tools.mjs";

/** code-server runs on Node 24 only. */
const NODE_VERSION = "24.21.0";
const READY_TIMEOUT_MS = 90_000;

/**
 * @returns {{ node: string, entry: string }} the program and its script
 * @throws Error that names what the machine lacks
 */
export function ensureCodeServer() {
  if (process.platform === "win32") {
    throw new Error(
      "code-server does not run on Windows: install VS Code, its `code` is used then",
    );
  }
  const nodeFolder = ensureNode();
  const node = join(nodeFolder, "bin", "node");
  const env = {
    ...withoutNpm(process.env),
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`,
    // Native packages are compiled against this Node's own headers, whatever a machine's npmrc says.
    npm_config_nodedir: nodeFolder,
  };
  let folder;
  try {
    folder = ensureTool("code-server", "test/e2e", {
      env,
      note: "installing code-server, VS Code for the browser (once; about three minutes) …",
    });
  } catch {
    throw new Error(
      `code-server could not be installed. It needs a C++ compiler, Python 3 and Kerberos headers; ` +
        `on Debian or Ubuntu: apt-get install -y build-essential python3 && ` +
        `apt-get install -y --no-install-recommends libkrb5-dev`,
    );
  }
  return { node, entry: join(folder, "node_modules", "code-server", "out", "node", "entry.js") };
}

/** Under `npm test` an outer npm's variables name the outer Node; code-server's install believes them. */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("npm_")));
}

/** npm's packages node-<platform>-<arch> carry the program and its headers. */
function ensureNode() {
  const name = `node-${process.platform}-${process.arch}`;
  const home = join(root, ".cache", `node-${NODE_VERSION}`);
  const folder = join(home, "node_modules", name);
  if (existsSync(join(folder, "bin", "node"))) return folder;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  runStep(
    npmProgram(),
    ["install", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${NODE_VERSION}`],
    { cwd: home },
  );
  return folder;
}

/** What a served VS Code may not do by itself: look for updates, send reports, show pages of its own. */
const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "workbench.editorAssociations": { "*.ipynb": "jupyter-notebook" },
};

/**
 * Installs a .vsix and serves VS Code on 127.0.0.1. Without `ownHome` notebooks see the user's home folder.
 * @returns its address, its process id and how it is ended
 */
export async function serveVsCode({
  codeServer,
  runFolder,
  vsix,
  workspace,
  settings = {},
  trust = false,
  password,
  ownHome = true,
  variables = {},
}) {
  const { node, entry } = codeServer;
  const data = join(runFolder, "data");
  const home = join(runFolder, "home");
  for (const folder of [join(data, "User"), home, join(runFolder, "tmp")]) {
    mkdirSync(folder, { recursive: true });
  }
  const writeSettings = (changed) =>
    writeFileSync(
      join(data, "User", "settings.json"),
      JSON.stringify({ ...quietSettings, ...settings, ...changed }, null, 2),
    );
  writeSettings({});
  writeFileSync(join(runFolder, "config.yaml"), "");
  const env = {
    ...process.env,
    ...(ownHome && {
      HOME: home,
      TMPDIR: join(runFolder, "tmp"),
      XDG_CONFIG_HOME: join(home, ".config"),
      XDG_DATA_HOME: join(home, ".local", "share"),
      XDG_CACHE_HOME: join(home, ".cache"),
      // Empty is as good as unset: a cache folder of the caller's would be shared between homes.
      MULAN_CACHE_DIR: "",
    }),
    EXTENSIONS_GALLERY: "{}",
    ...(password && { PASSWORD: password }),
    ...variables,
  };
  const folders = [
    ["--config", join(runFolder, "config.yaml")],
    ["--user-data-dir", data],
    ["--extensions-dir", join(runFolder, "extensions")],
  ].flat();
  execFileSync(node, [entry, ...folders, "--force", "--install-extension", vsix], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const port = await freePort();
  const log = openSync(join(runFolder, "server.log"), "a");
  const server = spawn(
    node,
    [
      entry,
      ...folders,
      ...["--auth", password ? "password" : "none"],
      ...["--bind-addr", `127.0.0.1:${port}`],
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-getting-started-override",
      ...(trust ? [] : ["--disable-workspace-trust"]),
      ...["--reconnection-grace-time", "3"],
      "--disable-proxy",
      workspace,
    ],
    { env, stdio: ["ignore", log, log], detached: true },
  );
  const url = `http://127.0.0.1:${port}`;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    // The extension hosts are in the server's own process group.
    for (const signal of ["SIGTERM", "SIGKILL"]) {
      try {
        process.kill(-server.pid, signal);
      } catch {
        return;
      }
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))]);
    }
  };
  try {
    await ready(`${url}/healthz`, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: server.pid, ended, writeSettings, stop };
}

async function ready(address, ended) {
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  const until = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < until && !gone) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`code-server ${gone ? "ended at its start" : "did not answer"} (${address})`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
