import { fileURLToPath } from "node:url";

/** Lists of our own making in the formats of known data sets. */
export const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../test/fixtures/datasets/${name}`, import.meta.url));

export const sampleAudio = fileURLToPath(new URL("../../../samples/audio", import.meta.url));

/** What is said about failures, without the folders. */
export const said = (failures: readonly { readonly error: Error }[]) =>
  failures.map(({ error }) => error.message.replaceAll(/(?:[A-Za-z]:)?[\\/][^\s"]*[\\/]/g, ""));
