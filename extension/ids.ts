// Names that the manifest (package.json), saved notebooks and this code must agree on.

/** VS Code's own notebook type for .ipynb files. */
export const NOTEBOOK_TYPE = "jupyter-notebook";
export const CONTROLLER_ID = "mulan-typescript";
/** `metadata.kernelspec.name` in our notebooks. */
export const KERNEL_NAME = "mulan";
export const KERNEL_TITLE = "MuLan (TypeScript)";
export const CELL_LANGUAGE = "typescript";
export const CONFIGURATION = "mulan";
