import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationTarget, type QuickPickItem, window, workspace } from "vscode";
import { CONFIGURATION } from "../ids.ts";

const MANIFEST = "mulan.json";

interface ModelItem extends QuickPickItem {
  /** The value of the setting; empty for the embedded model. */
  readonly folder: string;
}

/** Chooses what `load()` takes when a cell names no model, for the engines that start from now on. */
export async function selectModel(restart: () => Promise<void>): Promise<void> {
  const settings = workspace.getConfiguration(CONFIGURATION);
  const folders = await findModels(settings.get<readonly string[]>("modelFolders", []));
  const chosen = await window.showQuickPick<ModelItem>(modelItems(folders), {
    title: "Which model should load() use?",
    placeHolder: "Add folders to the setting mulan.modelFolders to see more here",
  });
  if (!chosen) return;
  await settings.update("defaultModel", chosen.folder, ConfigurationTarget.Global);
  const again = "Restart Kernel";
  const answer = await window.showInformationMessage(
    `${chosen.label} will be used by newly started kernels.`,
    again,
  );
  if (answer === again) await restart();
}

async function modelItems(models: readonly FoundModel[]): Promise<ModelItem[]> {
  const embedded: ModelItem = {
    label: "mulan-mini",
    description: "ships with MuLan Notebooks",
    folder: "",
  };
  return [
    embedded,
    ...models.map(({ name, folder }) => ({ label: name, description: folder, folder })),
  ];
}

interface FoundModel {
  readonly name: string;
  readonly folder: string;
}

/** Each of the folders that is a model, and the models right inside each. */
async function findModels(folders: readonly string[]): Promise<FoundModel[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const inside = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const candidates = inside
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name));
      return Promise.all([folder, ...candidates].map(readModel));
    }),
  );
  return found.flat().filter((model) => model !== undefined);
}

async function readModel(folder: string): Promise<FoundModel | undefined> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { name } = JSON.parse(text) as { name?: unknown };
    return { name: typeof name === "string" ? name : folder, folder };
  } catch {
    // load() says what is wrong with a manifest; here it is not offered.
    return undefined;
  }
}
