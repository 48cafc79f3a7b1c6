// Which files the installed extension consists of: [path inside it, path on disk] each.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { root } from "../prepare.mjs";
import { isWanted } from "./targets.mjs";

/** Parts of package.json that mean something to VS Code or to the library at run time. */
const kept = [
  "name",
  "displayName",
  "description",
  "version",
  "publisher",
  "license",
  "type",
  "main",
  "engines",
  "exports",
  "types",
  "icon",
  "categories",
  "keywords",
  "extensionKind",
  "capabilities",
  "activationEvents",
  "contributes",
  "dependencies",
];

export function extensionManifest() {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  // A renderer that is announced and not there would show an error in place of the picture.
  const { notebookRenderer = [] } = manifest.contributes;
  manifest.contributes.notebookRenderer = notebookRenderer.filter(({ id }) =>
    existsSync(join(root, "renderers", id.replace("mulan-", ""), "index.ts")),
  );
  return Object.fromEntries(
    kept.filter((key) => key in manifest).map((key) => [key, manifest[key]]),
  );
}

/**
 * @param dist folder with the bundles
 * @param plugin package of the TypeScript server's plugin: VS Code looks for it in the extension's node_modules
 * @param modules node_modules with the production packages of the target
 * @param withModel false leaves the embedded model out (the user then names one)
 */
export function extensionFiles({ dist, plugin, modules, platform, withModel }) {
  const from = (folder, inside, wanted = () => true) =>
    walk(folder)
      .map((path) => [`${inside}/${relative(folder, path).split(sep).join("/")}`, path])
      .filter(([name]) => wanted(name));
  return [
    ...["README.md", "CHANGELOG.md", "LICENSE", "NOTICE"].map((name) => [name, join(root, name)]),
    ...from(dist, "dist"),
    ...from(join(root, "extension", "media"), "extension/media"),
    // The README's links and many an error's remedy lead there.
    ...from(join(root, "docs"), "docs"),
    ...from(join(root, "samples"), "samples", (name) => !name.startsWith("samples/audio/make/")),
    ...(withModel ? from(join(root, "models"), "models") : []),
    ...from(plugin, "node_modules/mulan-notebook-tsplugin"),
    ...from(modules, "node_modules", (name) => isWanted(name, platform)),
  ];
}

function walk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
