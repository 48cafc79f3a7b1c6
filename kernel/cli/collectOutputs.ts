import { imageSize } from "../mulan/figures/png/pngSize.ts";
import type { Bundle, CellError, EngineEvent } from "../session/protocol.ts";
import { type NotebookOutput, splitLines } from "./notebookFile.ts";

type MutableOutput = Record<string, unknown>;

/** Text of one run that a notebook file takes in; the rest is cut with a note. */
const MAX_STREAM_CHARS = 1_000_000;

/**
 * Turns an engine's events into the outputs of a notebook file, cell by cell: neighbouring pieces of a
 * stream become one output, a display that is updated changes wherever it stands.
 */
export class OutputCollector {
  readonly #cells = new Map<string, MutableOutput[]>();
  readonly #displays = new Map<string, MutableOutput[]>();
  readonly #clearBeforeNext = new Set<string>();
  readonly #streamChars = new Map<string, number>();

  outputsOf(cellId: string): readonly NotebookOutput[] {
    return (this.#cells.get(cellId) ?? []).map(asLines);
  }

  add(event: EngineEvent): void {
    switch (event.type) {
      case "stream":
        return this.#addStream(event.cellId, event.name, event.text);
      case "display":
        return this.#addDisplay(event);
      case "updateDisplay":
        for (const output of this.#displays.get(event.displayId) ?? []) {
          const { bundle, metadata } = event;
          Object.assign(output, { data: bundle, metadata: { ...imageSize(bundle), ...metadata } });
        }
        return;
      case "clearOutput":
        if (event.wait) this.#clearBeforeNext.add(event.cellId);
        else this.#clear(event.cellId);
        return;
      case "result":
        return this.#append(event.cellId, executeResult(event.bundle, event.executionCount));
      case "error":
        return this.#append(event.cellId, errorOutput(event.error));
    }
  }

  #append(cellId: string, output: MutableOutput): void {
    if (this.#clearBeforeNext.delete(cellId)) this.#clear(cellId);
    const outputs = this.#cells.get(cellId);
    if (outputs) outputs.push(output);
    else this.#cells.set(cellId, [output]);
  }

  #clear(cellId: string): void {
    this.#cells.set(cellId, []);
    this.#streamChars.delete(cellId);
  }

  #addStream(cellId: string, name: string, text: string): void {
    if (this.#clearBeforeNext.delete(cellId)) this.#clear(cellId);
    const before = this.#streamChars.get(cellId) ?? 0;
    if (before > MAX_STREAM_CHARS) return;
    this.#streamChars.set(cellId, before + text.length);
    const room = MAX_STREAM_CHARS - before;
    const kept = text.length > room ? `${text.slice(0, room)}\n… output cut here\n` : text;
    const last = this.#cells.get(cellId)?.at(-1);
    if (last?.output_type === "stream" && last.name === name) last.text = `${last.text}${kept}`;
    else this.#append(cellId, { output_type: "stream", name, text: kept });
  }

  #addDisplay({ cellId, bundle, metadata, displayId }: EngineEvent & { type: "display" }): void {
    const output = {
      output_type: "display_data",
      data: bundle,
      metadata: { ...imageSize(bundle), ...metadata },
    };
    this.#append(cellId, output);
    if (displayId === undefined) return;
    this.#displays.set(displayId, [...(this.#displays.get(displayId) ?? []), output]);
  }
}

function executeResult(data: Bundle, executionCount: number): MutableOutput {
  const metadata = imageSize(data);
  return { output_type: "execute_result", data, metadata, execution_count: executionCount };
}

function errorOutput({ name, message, traceback }: CellError): MutableOutput {
  return { output_type: "error", ename: name, evalue: message, traceback };
}

/** nbformat keeps text as lines; JSON and base64 stay as they are. */
function asLines(output: MutableOutput): NotebookOutput {
  if (output.output_type === "stream") return { ...output, text: splitLines(String(output.text)) };
  if (output.data === undefined) return output;
  const entries = Object.entries(output.data as Bundle).map(([mime, content]) => [
    mime,
    typeof content === "string" && mime.startsWith("text/") ? splitLines(content) : content,
  ]);
  return { ...output, data: Object.fromEntries(entries) };
}
