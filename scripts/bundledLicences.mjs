// The licences of what a bundle contains: most of them ask to be kept with every copy.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One text: each package of node_modules that the bundle took files from, with its licence. */
export function bundledLicences(root, metafile) {
  const folders = new Set();
  for (const path of Object.keys(metafile.inputs)) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
    if (folder) folders.add(folder);
  }
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(root, folder, "package.json"), "utf8"),
      );
      return `${name} ${version} (${license})\n\n${licenceText(join(root, folder))}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file) return readFileSync(join(folder, file), "utf8").trim();
  const readme = join(folder, "README.md");
  const text = existsSync(readme) ? readFileSync(readme, "utf8") : "";
  return text.slice(text.search(/^#+ *licen[cs]e/im)).trim();
}
