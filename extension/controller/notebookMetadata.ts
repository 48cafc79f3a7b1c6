import { CELL_LANGUAGE, KERNEL_NAME, KERNEL_TITLE } from "../ids.ts";

/** As VS Code's ipynb serializer keeps a notebook file's own metadata: one level down, under "metadata". */
type DocumentMetadata = Readonly<Record<string, unknown>>;

const OUR_KERNEL = {
  kernelspec: { name: KERNEL_NAME, display_name: KERNEL_TITLE, language: CELL_LANGUAGE },
  language_info: {
    name: CELL_LANGUAGE,
    file_extension: ".ts",
    mimetype: "text/typescript",
    nbconvert_exporter: "script",
  },
};

/** The kernel that a notebook names, if it names one. */
export function kernelNameOf(metadata: DocumentMetadata): string | undefined {
  const kernelspec = record(record(metadata.metadata).kernelspec);
  return typeof kernelspec.name === "string" ? kernelspec.name : undefined;
}

export function isOurs(metadata: DocumentMetadata): boolean {
  return kernelNameOf(metadata) === KERNEL_NAME;
}

/** The same metadata with our kernelspec and language in it; whatever else stood there stays. */
export function withOurKernel(metadata: DocumentMetadata): Record<string, unknown> {
  return { ...metadata, metadata: { ...record(metadata.metadata), ...OUR_KERNEL } };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
