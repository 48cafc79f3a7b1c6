import { createRequire } from "node:module";

/** Versions of the native parts, for reports; nothing native is loaded for it. */
export function runtimeVersions(): { readonly onnxruntime: string } {
  const require = createRequire(import.meta.url);
  const { version } = require("onnxruntime-node/package.json") as { version: string };
  return { onnxruntime: version };
}
