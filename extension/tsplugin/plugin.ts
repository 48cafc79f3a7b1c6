// A plugin of VS Code's TypeScript server: cells of a notebook know each other, `mulan` and "mulan-notebook".
import { join } from "node:path";
import type * as TypeScript from "typescript";
import { readCellFile } from "./cellFiles.ts";
import { CellHost } from "./cellHost.ts";
import { cellService } from "./cellService.ts";
import type { PluginConfiguration } from "./configuration.ts";

type Server = typeof TypeScript.server;
interface Modules {
  readonly typescript: typeof TypeScript;
}

export default function init({ typescript: ts }: Modules) {
  const hosts = new Set<CellHost>();
  let order: readonly string[] = [];
  return {
    create({ languageService, languageServiceHost, project }: TypeScript.server.PluginCreateInfo) {
      // Cells belong to no tsconfig: they come in projects that the server makes up.
      if (
        project.projectKind !== (ts as unknown as { server: Server }).server.ProjectKind.Inferred
      ) {
        return languageService;
      }
      const host = new CellHost(ts, languageServiceHost);
      host.setOrder(order);
      host.patch({
        globals: join(__dirname, "types", "cells.d.ts"),
        node: join(__dirname, "types", "node.d.ts"),
        library: join(__dirname, "types", "kernel", "mulan", "index.d.ts"),
      });
      hosts.add(host);
      return cellService(languageService, (fileName) => host.lengthOf(fileName));
    },
    onConfigurationChanged(configuration: PluginConfiguration) {
      order = configuration.cells ?? [];
      for (const host of hosts) host.setOrder(order);
    },
    getExternalFiles(project: TypeScript.server.Project): string[] {
      return project.getRootFiles().some(readCellFile)
        ? [join(__dirname, "types", "cells.d.ts")]
        : [];
    },
  };
}
