import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import { MulanError } from "../../foundation/errors.ts";

/**
 * The manifest's schema keeps ".." out; a symbolic link could still lead outside.
 * @throws MulanError `model.file-outside`
 */
export async function checkInside(folder: string, path: string): Promise<void> {
  const [home, real] = await Promise.all([realpath(folder), realpath(path)]);
  const way = relative(home, real);
  if (way !== ".." && !way.startsWith(`..${sep}`) && way !== "") return;
  throw new MulanError("model.file-outside", "a file of the model leads out of its folder", {
    subject: path,
    got: real,
    remedy: "Put the file itself into the model's folder",
  });
}
