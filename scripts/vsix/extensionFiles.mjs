// Which files the installed extension consists of: [path inside it, path on disk] each.
import { readdirSync, readFileSync } from "node:fs";
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
  return Object.fromEntries(
    kept.filter((key) => key in manifest).map((key) => [key, manifest[key]]),
  );
}

/**
 * @param dist folder with the bundles
 * @param modules node_modules with the production packages of the target
 * @param withModel false leaves the embedded model out (the user then names one)
 */
export function extensionFiles({ dist, modules, platform, withModel }) {
  const from = (folder, inside, wanted = () => true) =>
    walk(folder)
      .map((path) => [`${inside}/${relative(folder, path).split(sep).join("/")}`, path])
      .filter(([name]) => wanted(name));
  return [
    ...["README.md", "CHANGELOG.md", "LICENSE", "NOTICE"].map((name) => [name, join(root, name)]),
    ...from(dist, "dist"),
    ...from(join(root, "extension", "media"), "extension/media"),
    ...from(join(root, "samples"), "samples", (name) => !name.startsWith("samples/audio/make/")),
    ...(withModel ? from(join(root, "models"), "models") : []),
    ...from(modules, "node_modules", (name) => isWanted(name, platform)),
  ];
}

function walk(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
