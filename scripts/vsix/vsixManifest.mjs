// The two XML files at the top of a .vsix: what is in the zip and what the extension says of itself.

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (text) => String(text).replace(/[&<>"]/g, (character) => escapes[character]);

/** @param extensions file name endings without the dot */
export function contentTypes(extensions) {
  const known = {
    json: "application/json",
    xml: "text/xml",
    md: "text/markdown",
    png: "image/png",
  };
  const lines = [...new Set([...extensions, "vsixmanifest"])].sort().map((extension) => {
    const type =
      extension === "vsixmanifest" ? "text/xml" : (known[extension] ?? "application/octet-stream");
    return `<Default Extension=".${escapeXml(extension)}" ContentType="${type}"/>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${lines.join("")}</Types>
`;
}

/** @param manifest package.json as the extension carries it */
export function vsixManifest(manifest, target) {
  const properties = {
    "Microsoft.VisualStudio.Code.Engine": manifest.engines.vscode,
    "Microsoft.VisualStudio.Code.ExtensionDependencies": "",
    "Microsoft.VisualStudio.Code.ExtensionPack": "",
    "Microsoft.VisualStudio.Code.ExtensionKind": manifest.extensionKind.join(","),
    "Microsoft.VisualStudio.Code.LocalizedLanguages": "",
    "Microsoft.VisualStudio.Code.ExecutesCode": "true",
  };
  const assets = {
    "Microsoft.VisualStudio.Code.Manifest": "extension/package.json",
    "Microsoft.VisualStudio.Services.Content.Details": "extension/README.md",
    "Microsoft.VisualStudio.Services.Content.Changelog": "extension/CHANGELOG.md",
    "Microsoft.VisualStudio.Services.Content.License": "extension/LICENSE",
  };
  const list = (record, line) =>
    Object.entries(record)
      .map(([key, value]) => `      ${line(escapeXml(key), escapeXml(value))}`)
      .join("\n");
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escapeXml(manifest.name)}" Version="${escapeXml(manifest.version)}" Publisher="${escapeXml(manifest.publisher)}" TargetPlatform="${escapeXml(target)}"/>
    <DisplayName>${escapeXml(manifest.displayName)}</DisplayName>
    <Description xml:space="preserve">${escapeXml(manifest.description)}</Description>
    <Tags>${escapeXml(manifest.keywords.join(","))}</Tags>
    <Categories>${escapeXml(manifest.categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${list(properties, (id, value) => `<Property Id="${id}" Value="${value}"/>`)}
    </Properties>
    <License>extension/LICENSE</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
${list(assets, (type, path) => `<Asset Type="${type}" Path="${path}" Addressable="true"/>`)}
  </Assets>
</PackageManifest>
`;
}
