import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";

const places = [
  process.env.MULAN_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The machine's own Chromium or Chrome. */
export function findChromium(): string | undefined {
  return places.find((path) => path !== undefined && existsSync(path));
}

const flags = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

export interface Browser extends AsyncDisposable {
  readonly context: BrowserContext;
}

/** A browser with a fresh profile. */
export async function openBrowser(
  executablePath: string,
  moreFlags: readonly string[] = [],
): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "mulan-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...flags, ...moreFlags],
    viewport: { width: 1440, height: 1000 },
  });
  await context.addInitScript(recordSounds);
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A sound that a page has started. */
export interface StartedSound {
  readonly peak: number;
  readonly channels: number;
  readonly context: string;
  /** Since 1970, so that it can be compared with another process's clock. */
  readonly atMs: number;
}

/** Nobody hears a test: each frame writes down what it plays. */
function recordSounds(): void {
  const page = globalThis as unknown as {
    startedSounds: StartedSound[];
    AudioBufferSourceNode?: {
      prototype: {
        start(...given: unknown[]): void;
        buffer: { numberOfChannels: number; getChannelData(channel: number): Float32Array };
        context: { state: string };
      };
    };
  };
  page.startedSounds = [];
  const source = page.AudioBufferSourceNode?.prototype;
  if (!source) return;
  const { start } = source;
  source.start = function (...given) {
    const peak = this.buffer
      .getChannelData(0)
      .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    const channels = this.buffer.numberOfChannels;
    const atMs = performance.timeOrigin + performance.now();
    page.startedSounds.push({ peak, channels, context: this.context.state, atMs });
    start.apply(this, given);
  };
}
