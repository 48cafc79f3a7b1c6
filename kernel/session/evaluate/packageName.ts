/** By this name cells, and the files that they import, reach the library. */
export const PACKAGE_NAME = "mulan-notebook";
