import { existsSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import type { Family, Figure } from "../../kernel/mulan/figures/contract.ts";
import type { HostMessage, RendererMessage } from "../../kernel/mulan/figures/rendererMessages.ts";
import { type ThemeName, themes } from "./themes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const screenshots = join(root, "test/e2e/out/renderers");
const chromiumPath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
/** Of one step; a busy machine takes seconds for what takes a tenth. */
const waitMs = 15_000;
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };

/** Why these tests cannot run here; undefined where they can. With MULAN_TEST_STRICT they run and fail. */
export function whyNotHere(): string | undefined {
  if (existsSync(chromiumPath) || process.env.MULAN_TEST_STRICT === "1") return undefined;
  return `SKIPPED renderers: there is no ${chromiumPath} (apt-get install -y chromium, or set CHROMIUM_PATH)`;
}

/** Answers a renderer's live request; a thrown error becomes a refusal. */
export type TestKernel = (name: string, params: never) => unknown;

export interface BedOptions {
  /** Without one nothing listens, as in a saved notebook. */
  readonly kernel?: TestKernel;
  readonly theme?: ThemeName;
}

/** A browser page that imitates the frame in which VS Code shows a notebook's outputs. */
export class Bed implements AsyncDisposable {
  readonly page: Page;
  /** What renderers said. */
  readonly heard: RendererMessage[] = [];
  /** Errors of the page, refusals of its CSP among them. */
  readonly faults: string[] = [];
  /** Addresses that the page asked for and that are not ours. */
  readonly strangers: string[] = [];
  readonly #modules: string;
  readonly #loaded = new Set<Family>();
  readonly #kernel: TestKernel | undefined;

  private constructor(page: Page, modules: string, kernel: TestKernel | undefined) {
    this.page = page;
    this.#modules = modules;
    this.#kernel = kernel;
  }

  static async open(
    { browser, pageOrigin, moduleOrigin }: Workshop,
    options: BedOptions = {},
  ): Promise<Bed> {
    const page = await browser.newPage({ viewport: { width: 1040, height: 900 } });
    page.setDefaultTimeout(waitMs);
    const bed = new Bed(page, moduleOrigin, options.kernel);
    page.on("pageerror", (error) => bed.faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") bed.faults.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      const ours = [pageOrigin, moduleOrigin, "data:"].some((start) => url.startsWith(start));
      if (!ours) bed.strangers.push(url);
    });
    await page.exposeFunction("toHost", (message: RendererMessage) => bed.#hear(message));
    await page.goto(`${pageOrigin}/page.html`);
    await bed.theme(options.theme ?? "light");
    return bed;
  }

  async theme(name: ThemeName): Promise<void> {
    const { bodyClass, variables } = themes[name];
    await this.#call("theme", bodyClass, variables);
  }

  /** Shows a figure as an output and answers its place in the page. */
  render(figure: Figure, options: { id?: string; widthPx?: number } = {}): Promise<Locator> {
    return this.renderJson(figure.family, JSON.stringify(figure), options);
  }

  /** The same with whatever stands in a file. */
  async renderJson(
    family: Family,
    json: string,
    { id = "output", widthPx = 1000 } = {},
  ): Promise<Locator> {
    if (!this.#loaded.has(family)) {
      this.#loaded.add(family);
      await this.#call("load", this.#modules, family, this.#kernel !== undefined);
    }
    await this.#call("render", id, family, json, widthPx);
    return this.page.locator(`#${id}`);
  }

  deliver(message: HostMessage): Promise<unknown> {
    return this.#call("deliver", message);
  }

  evaluate(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  /** The latest live request of this name. */
  lastRequest(name: string): Extract<RendererMessage, { type: "live" }> | undefined {
    return this.heard.findLast(
      (message): message is Extract<RendererMessage, { type: "live" }> =>
        message.type === "live" && message.name === name,
    );
  }

  /** What was offered as a file with this ending, as text (of a PNG: its bytes as Latin-1). */
  async download(ending: string): Promise<string> {
    await this.page.waitForFunction(
      `bed.downloads.some(({ name }) => name.endsWith(".${ending}"))`,
    );
    const href = await this.evaluate(
      `bed.downloads.findLast(({ name }) => name.endsWith(".${ending}")).href`,
    );
    const bytes = Buffer.from(String(href).replace(/^[^,]*,/, ""), "base64");
    return bytes.toString(ending === "png" ? "latin1" : "utf8");
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(screenshots, { recursive: true });
    await this.page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.close();
  }

  #call(method: string, ...values: readonly unknown[]): Promise<unknown> {
    const list = values.map((value) => JSON.stringify(value)).join(",");
    return this.page.evaluate(`bed.${method}(${list})`);
  }

  async #hear(message: RendererMessage): Promise<void> {
    this.heard.push(message);
    if (message.type === "hello") {
      await this.deliver({ type: "kernel", state: "idle", engine: "engine-1" });
    }
    if (message.type !== "live") return;
    const { requestId, name, params } = message;
    try {
      const value = await this.#kernel?.(name, params as never);
      await this.deliver({ type: "reply", requestId, value });
    } catch (error) {
      await this.deliver({ type: "refusal", requestId, message: (error as Error).message });
    }
  }
}

/** The browser and the two origins that a file's tests share. */
export class Workshop implements AsyncDisposable {
  readonly browser: Browser;
  readonly pageOrigin: string;
  readonly moduleOrigin: string;
  readonly #servers: readonly Server[];

  private constructor(browser: Browser, page: Server, modules: Server) {
    this.browser = browser;
    this.#servers = [page, modules];
    this.pageOrigin = originOf(page);
    this.moduleOrigin = originOf(modules);
  }

  static async open(): Promise<Workshop> {
    const modules = await serve(join(root, "dist/renderers"), {
      "access-control-allow-origin": "*",
    });
    const page = await serve(join(root, "test/renderers"), {
      "content-security-policy": strictPolicy(originOf(modules)),
    });
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=user-gesture-required"],
    });
    return new Workshop(browser, page, modules);
  }

  /** Uses a bed whose page may not fail and may not ask for anything from elsewhere. */
  async withBed(options: BedOptions, use: (bed: Bed) => Promise<void>): Promise<void> {
    await using bed = await Bed.open(this, options);
    await use(bed);
    const wrong = [...bed.faults, ...bed.strangers.map((url) => `asked for ${url}`)];
    if (wrong.length > 0) throw new Error(`the page was not quiet: ${wrong.join("; ")}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    for (const server of this.#servers) server.close();
  }
}

/** Of VS Code's output frame with `notebook.experimental.enableCsp`. */
function strictPolicy(modules: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${modules} 'unsafe-inline' 'unsafe-eval'`,
    `style-src 'self' ${modules} 'unsafe-inline'`,
    `img-src 'self' ${modules} https: http: data:`,
    `font-src ${modules} https:`,
    "connect-src https:",
    "child-src https: data:",
  ].join("; ");
}

function serve(folder: string, headers: Record<string, string>): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    readFile(join(folder, pathname)).then(
      (bytes) => {
        const type = types[extname(pathname)] ?? "application/octet-stream";
        response
          .writeHead(200, { "content-type": `${type}; charset=utf-8`, ...headers })
          .end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
