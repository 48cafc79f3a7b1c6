import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { packageRoot } from "../../../kernel/mulan/foundation/packageRoot.ts";
import { type ServedVsCode, serveVsCode } from "../../../scripts/codeServer.mjs";
import type { Equipment } from "./available.ts";
import { openBrowser } from "./chromium.ts";
import { Window } from "./window.ts";

/** Screenshots and logs stay here after a run. */
export const outFolder = join(packageRoot, "test", "e2e", "out");

/** Of a cell with one line of code. */
const CELL_ABOVE_PX = 72;

export interface VsCode extends AsyncDisposable {
  readonly window: Window;
  readonly server: ServedVsCode;
  readonly workspace: string;
  /** Everything of this run lies in here, the installed extension as well. */
  readonly runFolder: string;
  /** What the page asked for outside this machine. */
  readonly requestsOutside: readonly string[];
  screenshot(name: string): Promise<void>;
  /** A figure below its cell, for the documents: kept in docs/images when MULAN_DOC_IMAGES=1. */
  picture(name: string, figure: Locator): Promise<void>;
}

export interface VsCodeOptions {
  /** Names this run's files. */
  readonly name: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of machine scope: a served VS Code reads them where it runs, not from the user's own. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  readonly trust?: boolean;
  readonly browserFlags?: readonly string[];
  /** Of the environment of VS Code and of all engines. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Fills the workspace before VS Code opens it. */
  readonly prepare: (workspace: string) => Promise<void>;
}

/** A served VS Code with our extension in it, and a browser that shows it. */
export async function openVsCode(
  { chromium, codeServer, vsix }: Equipment,
  { name, settings, machineSettings = {}, trust, browserFlags, variables, prepare }: VsCodeOptions,
): Promise<VsCode> {
  const runFolder = await mkdtemp(join(tmpdir(), "mulan-e2e-"));
  const workspace = join(runFolder, "music");
  await mkdir(workspace);
  await mkdir(outFolder, { recursive: true });
  await prepare(workspace);
  const machine = join(runFolder, "data", "Machine");
  await mkdir(machine, { recursive: true });
  await writeFile(join(machine, "settings.json"), JSON.stringify(machineSettings));
  const server = await serveVsCode({
    codeServer,
    vsix,
    runFolder,
    workspace,
    ...(settings && { settings }),
    ...(trust && { trust }),
    ...(variables && { variables }),
  });
  const browser = await openBrowser(chromium, browserFlags);
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const log: string[] = [];
  page.on("console", (message) => log.push(`${message.type()}: ${message.text()}`));
  const requestsOutside: string[] = [];
  page.on("request", (request) => {
    if (leavesTheMachine(request.url())) requestsOutside.push(request.url());
  });
  const window = new Window(page, workspace);
  await window.open(server.url);
  return {
    window,
    server,
    workspace,
    runFolder,
    requestsOutside,
    async screenshot(what) {
      await page.screenshot({ path: join(outFolder, `${name}-${what}.png`) });
    },
    async picture(what, figure) {
      const { x, y, width, height } = (await figure.boundingBox())!;
      const aboveIt = Math.min(y, CELL_ABOVE_PX);
      const clip = { x: x - 50, y: y - aboveIt, width: width + 66, height: height + aboveIt + 8 };
      const keep = process.env.MULAN_DOC_IMAGES === "1";
      const path = keep ? join(packageRoot, "docs", "images") : outFolder;
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(path, `${what}.png`), clip });
    },
    async [Symbol.asyncDispose]() {
      await page.screenshot({ path: join(outFolder, `${name}-end.png`) }).catch(() => {});
      await writeLog(join(outFolder, `${name}-console.log`), log);
      await browser[Symbol.asyncDispose]();
      await server.stop();
      await cp(join(runFolder, "server.log"), join(outFolder, `${name}-server.log`)).catch(
        () => {},
      );
      await copyHostLogs(runFolder, name);
      await rm(runFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
    },
  };
}

/** Pages of VS Code's own content domain are answered by its service worker, not by the network. */
function leavesTheMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (!protocol.startsWith("http") && !protocol.startsWith("ws")) return false;
  return (
    hostname !== "127.0.0.1" && hostname !== "localhost" && !hostname.endsWith(".vscode-cdn.net")
  );
}

async function writeLog(path: string, lines: readonly string[]): Promise<void> {
  await writeFile(path, `${lines.join("\n")}\n`);
}

/** The extension host's own logs say why an extension did not come to life. */
async function copyHostLogs(runFolder: string, name: string): Promise<void> {
  const logs = join(runFolder, "data", "logs");
  const files = await readdir(logs, { recursive: true }).catch(() => []);
  const host = files.filter((file) => file.endsWith("remoteexthost.log")).at(-1);
  if (host) await cp(join(logs, host), join(outFolder, `${name}-exthost.log`));
}
