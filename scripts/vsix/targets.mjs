// Where a .vsix can run, and which native files it then needs.

/** VS Code's name of a platform → npm's words for it. */
export const targets = {
  "linux-x64": { os: "linux", cpu: "x64", libc: "glibc" },
  "linux-arm64": { os: "linux", cpu: "arm64", libc: "glibc" },
  "win32-x64": { os: "win32", cpu: "x64" },
  "darwin-arm64": { os: "darwin", cpu: "arm64" },
};

export const hostTarget = `${process.platform}-${process.arch}`;

/** Whether a file of node_modules is of use on a target at run time. */
export function isWanted(path, { os, cpu }) {
  if (/(^|\/)(\.bin|\.package-lock\.json)(\/|$)/.test(path)) return false;
  if (/\.(map|tsbuildinfo)$/.test(path)) return false;
  // Sources and declarations run nowhere; of the latter the library's own name zod's.
  if (/\.[cm]?ts$/.test(path) && !/\/zod\/v4\/.*\.d\.[cm]?ts$/.test(path)) return false;
  // onnxruntime-node carries every platform's library in one package.
  const native = /onnxruntime-node\/bin\/[^/]+\/([^/]+)\/([^/]+)\//.exec(path);
  return !native || (native[1] === os && native[2] === cpu);
}
