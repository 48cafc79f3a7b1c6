import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import { initWasm } from "@resvg/resvg-wasm";
import { loadFont, titleFont, uiFont } from "../text/fonts.ts";

/** Part of Node, yet its types stand only in the DOM library. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<WebAssembly.Module>;
};

const require = createRequire(import.meta.url);

let compiled: Promise<WebAssembly.Module> | undefined;
let ready: Promise<void> | undefined;

/** Resvg can be constructed once this is done. */
export function startResvg(): Promise<void> {
  ready ??= compile().then((module) => initWasm(module));
  return ready;
}

/**
 * Draws one SVG in a worker. V8 shares a module's compiled code between threads, so the first figure of the
 * main thread then takes a tenth of the time (79 ms of CPU instead of 663) and never blocks it for a second.
 */
export async function warmUpResvg(svg: string): Promise<void> {
  const workerData = {
    resvg: require.resolve("@resvg/resvg-wasm"),
    module: await compile(),
    svg,
    fontBuffers: [loadFont(uiFont).bytes, loadFont(titleFont).bytes],
    defaultFontFamily: uiFont.family,
  };
  const worker = new Worker(warmUpScript, { eval: true, workerData });
  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", () => resolve());
  });
}

function compile(): Promise<WebAssembly.Module> {
  compiled ??= readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")).then((bytes) =>
    WebAssembly.compile(bytes),
  );
  return compiled;
}

/** A string and not a file: it must run from the bundle and from the sources alike. */
const warmUpScript = `
const { workerData } = require("node:worker_threads");
const { initWasm, Resvg } = require(workerData.resvg);
const { module, svg, fontBuffers, defaultFontFamily } = workerData;
initWasm(module).then(() => {
  const options = { fitTo: { mode: "zoom", value: 2 }, font: { fontBuffers, defaultFontFamily } };
  new Resvg(svg, options).render();
});
`;
