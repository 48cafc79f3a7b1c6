import { NotebookCellOutput, NotebookCellOutputItem } from "vscode";
import { imageSize } from "../../kernel/mulan/figures/png/pngSize.ts";
import type { Bundle, CellError } from "../../kernel/session/index.ts";
import type { PlannedOutput } from "./outputPlan.ts";

/** The output as VS Code keeps it, with the metadata that its ipynb serializer reads on saving. */
export function toOutput(planned: PlannedOutput): NotebookCellOutput {
  if (planned.kind === "stream") {
    const { name, text } = planned;
    return new NotebookCellOutput([streamItem(name, text)], { outputType: "stream" });
  }
  if (planned.kind === "error") return errorOutput(planned.error);
  const { bundle, metadata, executionCount } = planned;
  return new NotebookCellOutput(bundleItems(bundle), {
    ...(executionCount === undefined
      ? { outputType: "display_data" }
      : { outputType: "execute_result", executionCount }),
    metadata: { ...imageSize(bundle), ...metadata },
  });
}

export function streamItem(name: "stdout" | "stderr", text: string): NotebookCellOutputItem {
  return name === "stdout"
    ? NotebookCellOutputItem.stdout(text)
    : NotebookCellOutputItem.stderr(text);
}

export function bundleItems(bundle: Bundle): NotebookCellOutputItem[] {
  return Object.entries(bundle).map(([mime, content]) => bundleItem(mime, content));
}

function bundleItem(mime: string, content: unknown): NotebookCellOutputItem {
  if (typeof content !== "string") return NotebookCellOutputItem.json(content, mime);
  if (mime.startsWith("image/") && mime !== "image/svg+xml") {
    return new NotebookCellOutputItem(Buffer.from(content, "base64"), mime);
  }
  return NotebookCellOutputItem.text(content, mime);
}

function errorOutput({ name, message, traceback }: CellError): NotebookCellOutput {
  const item = NotebookCellOutputItem.error({ name, message, stack: traceback.join("\n") });
  return new NotebookCellOutput([item], {
    outputType: "error",
    originalError: { output_type: "error", ename: name, evalue: message, traceback },
  });
}
