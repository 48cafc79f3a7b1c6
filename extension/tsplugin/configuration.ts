/** What the extension tells the plugin. */
export interface PluginConfiguration {
  /** Marks of all cells of open notebooks, each notebook's from top to bottom. */
  readonly cells?: readonly string[];
}

/** The plugin's package, as package.json announces it to VS Code. */
export const PLUGIN_NAME = "mulan-notebook-tsplugin";
