import { homedir } from "node:os";
import { window } from "vscode";
import { Supervisor } from "../../kernel/session/index.ts";
import { chooseNode } from "../session/chooseNode.ts";
import { readConfiguration } from "../session/configuration.ts";

const CLEAR = "Clear";
const CODE = `const cache = new mulan.EmbeddingCache();
const before = await mulan.cacheStatus();
await cache.clear();
before.bytes`;

/** Empties the cache by an engine of its own: the library knows where it lies, and the editor loads no library. */
export async function clearEmbeddingCache(): Promise<void> {
  const answer = await window.showWarningMessage(
    "Clear the embedding cache? Clips will be embedded again when needed.",
    { modal: true },
    CLEAR,
  );
  if (answer !== CLEAR) return;
  const node = await chooseNode(readConfiguration().nodePath || undefined);
  await using supervisor = new Supervisor({ cwd: homedir(), nodePath: node.path, env: node.env });
  const { status, error } = await supervisor.execute(CODE);
  if (status === "ok") void window.showInformationMessage("The embedding cache is empty.");
  else void window.showErrorMessage(`The cache could not be cleared: ${error?.message ?? status}`);
}
