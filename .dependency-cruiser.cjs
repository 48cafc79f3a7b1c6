// The order of the rooms: a room may use the rooms below it, never one above (docs/architecture.md draws it).
const rooms = [
  ["kernel/mulan/foundation"],
  ["kernel/mulan/audio"],
  ["kernel/mulan/embedding"],
  ["kernel/mulan/model", "kernel/mulan/datasets"],
  ["kernel/mulan/curation", "kernel/mulan/library"],
  ["kernel/mulan/evaluation"],
  ["kernel/mulan/figures"],
  ["kernel/mulan/index.ts"],
  ["kernel/session"],
  ["kernel/cli", "kernel/jupyter", "extension", "renderers"],
];

const pattern = (paths) => `^(${paths.join("|").replaceAll(".", "\\.")})(/|$)`;
const floors = rooms.map((paths, floor) => ({
  name: `nothing-above-${paths[0].split("/").pop()}`,
  comment: `${paths.join(", ")} must not know the rooms above`,
  severity: "error",
  from: { path: pattern(paths) },
  to: { path: pattern([...rooms.slice(floor + 1).flat(), "kernel/none"]) },
}));

const neighbours = rooms
  .flatMap((paths) => paths.map((path) => [path, paths.filter((other) => other !== path)]))
  .filter(([, others]) => others.length > 0)
  // Renderers draw what the figures room describes; the extension and they share no code otherwise.
  .map(([path, others]) => ({
    name: `${path.split("/").pop()}-knows-no-neighbour`,
    severity: "error",
    from: { path: pattern([path]) },
    to: { path: pattern(others) },
  }));

const onlyThere = (name, packages, homes) => ({
  name,
  severity: "error",
  from: { path: "^(kernel|extension|renderers)/", pathNot: [...homes, "\\.test\\.ts$"] },
  to: { path: packages },
});

module.exports = {
  forbidden: [
    ...floors,
    ...neighbours,
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      // VS Code itself gives its extensions the module "vscode"; there is no such package.
      to: { couldNotResolve: true, pathNot: "^vscode(-notebook-renderer)?$" },
    },
    onlyThere("onnxruntime-only-in-the-inference-process", "onnxruntime-node", [
      "^kernel/mulan/model/",
    ]),
    onlyThere("vscode-only-in-the-extension", "^vscode$", ["^extension/"]),
    onlyThere("zeromq-only-in-jupyter", "zeromq", ["^kernel/jupyter/"]),
    {
      name: "the-figure-contract-runs-in-a-browser",
      severity: "error",
      from: { path: "^(kernel/mulan/figures/(contract|rendererMessages|contentId)|renderers/)" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "renderers-know-only-the-contract",
      severity: "error",
      from: { path: "^renderers/" },
      to: {
        path: "^(kernel|extension)/",
        pathNot: "^kernel/mulan/figures/(contract|rendererMessages|contentId)",
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.node.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["\\.test\\.ts$", "^extension/tsplugin/types/"] },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
