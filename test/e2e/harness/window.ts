import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { readSaved, type SavedNotebook } from "./savedNotebook.ts";

/** Starting steps take long on a small machine that does other things too. */
export const PATIENCE_MS = 120_000;
const POLL_MS = 500;

/** One VS Code window and what a person does in it. */
export class Window {
  readonly page: Page;
  readonly #workspace: string;

  constructor(page: Page, workspace: string) {
    this.page = page;
    this.#workspace = workspace;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  /** Opens the workspace and waits until extensions are known: a notebook opened earlier shows as JSON. */
  async open(url: string): Promise<void> {
    await this.page.goto(`${url}/?folder=${encodeURIComponent(this.#workspace)}`);
    await this.waitUntilLoaded();
  }

  async waitUntilLoaded(): Promise<void> {
    await this.page.waitForSelector(".monaco-workbench");
    await this.page.waitForFunction(
      () => performance.getEntriesByName("code/didLoadExtensions").length > 0,
    );
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitUntilLoaded();
  }

  /** Runs a command of the palette by its full title, for example "Notebook: Run All". */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.fillBox(`>${title}`);
    // Before the text has filtered them, rows of commands that ran lately stand there, and move under the mouse.
    await this.page
      .locator(`.quick-input-list:visible .monaco-list-row:has(.highlight):has-text("${title}")`)
      .first()
      .click();
  }

  async openNotebook(name: string): Promise<void> {
    await this.#pick("Control+P", name, name);
    await this.notebookOpened(name);
  }

  async notebookOpened(name: string): Promise<void> {
    await this.page.locator(`.tab:has-text("${name}")`).first().waitFor();
    await this.page.locator(".notebookOverlay:visible .cell-list-container").first().waitFor();
  }

  /** Takes a row of the list that is open at the top. */
  async chooseRow(text: string): Promise<void> {
    // Enter takes the first row, and rows arrive after the text: wait for the very one.
    await this.page
      .locator(`.quick-input-list:visible .monaco-list-row:has-text("${text}")`)
      .first()
      .click();
  }

  /** Fills the box that is open at the top, as a person who pastes. */
  async fillBox(text: string): Promise<Locator> {
    const input = this.page.locator(".quick-input-widget:visible .quick-input-box input").first();
    await input.waitFor();
    await input.fill(text);
    return input;
  }

  /** The modal question in the middle of the window. */
  dialog(): Locator {
    return this.page.locator(".monaco-dialog-box:visible");
  }

  async answer(button: string): Promise<void> {
    await this.dialog().getByRole("button", { name: button, exact: true }).click();
  }

  /** The name of the kernel that the notebook toolbar shows, once it is ours. */
  async waitForKernel(name = "MuLan (TypeScript)"): Promise<void> {
    await this.page.locator(`.kernel-label:visible:has-text("${name}")`).first().waitFor();
  }

  /** A cell, counted from 0 among all cells; a short notebook has them all on the page. */
  cell(index: number): Locator {
    return this.page
      .locator(
        `.notebookOverlay:visible .cell-list-container .monaco-list-row[data-index="${index}"]`,
      )
      .first();
  }

  /** Scrolls to a heading of the notebook by its outline. */
  async toHeading(text: string): Promise<void> {
    await this.#pick("Control+Shift+O", `@${text}`, text);
  }

  async runCell(index: number): Promise<void> {
    const cell = this.cell(index);
    await cell.hover();
    await cell.locator(".run-button-container .codicon-notebook-execute").click();
  }

  /** Types at the end of a cell's code. */
  async typeInto(index: number, text: string): Promise<void> {
    await this.cell(index).locator(".monaco-editor .view-lines").click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text);
  }

  /** Types the dot before the cursor until this is offered: a server that is still starting offers nothing. */
  async waitForSuggestion(name: string): Promise<void> {
    const row = this.page.locator(
      `.suggest-widget:visible .monaco-list-row[aria-label^="${name}"]`,
    );
    const until = Date.now() + PATIENCE_MS;
    while ((await row.count()) === 0) {
      if (Date.now() > until) throw new Error(`no completion is "${name}"`);
      // Typed anew; Escape would leave the cell where no list is open.
      await this.page.keyboard.press("Backspace");
      await this.page.keyboard.type(".");
      await this.page.waitForTimeout(3000);
    }
  }

  /** What a figure shows: `selector` in the output frame that has it, shadow roots included. */
  async inOutput(selector: string, patienceMs = PATIENCE_MS): Promise<Locator> {
    const until = Date.now() + patienceMs;
    for (;;) {
      // Frames of outputs have no name that lasts: look into each.
      for (const frame of this.page.frames()) {
        const found = frame.locator(selector).first();
        if ((await found.count().catch(() => 0)) > 0) return found;
      }
      if (Date.now() > until) throw new Error(`no output frame has ${selector}`);
      await this.page.waitForTimeout(POLL_MS);
    }
  }

  /** The figure that a screen reader calls `kind`: "heatmap", "prompt lanes", "map of points" … */
  figure(kind: string): Promise<Locator> {
    return this.inOutput(`.figure:has([aria-roledescription="${kind}"]):visible`);
  }

  async runAll(): Promise<void> {
    await this.toolbar("Run All");
  }

  /** Presses a button of the notebook's toolbar. */
  async toolbar(label: string): Promise<void> {
    await this.page
      .locator(
        `.notebook-toolbar-container:visible .action-item:not(.disabled) [aria-label="${label}"]`,
      )
      .first()
      .click();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("Control+S");
  }

  pathOf(name: string): string {
    return join(this.#workspace, name);
  }

  /** Saves again and again until the file says what is expected of it. */
  async savedAs(
    name: string,
    expected: (notebook: SavedNotebook) => boolean,
    patienceMs = PATIENCE_MS,
  ): Promise<SavedNotebook> {
    const until = Date.now() + patienceMs;
    for (;;) {
      await this.save();
      const notebook = await readSaved(this.pathOf(name)).catch(() => undefined);
      if (notebook && expected(notebook)) return notebook;
      if (Date.now() > until)
        throw new Error(`${name} did not become as expected: ${outline(notebook)}`);
      await this.page.waitForTimeout(POLL_MS);
    }
  }

  /** A message at the window's corner that contains this text. */
  notification(text: string): Locator {
    return this.page.locator(`.notification-toast:has-text("${text}")`).first();
  }

  async #pick(key: string, typed: string, row: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.fillBox(typed);
    await this.chooseRow(row);
  }
}

function outline(notebook: SavedNotebook | undefined): string {
  if (!notebook) return "it cannot be read";
  return JSON.stringify(
    notebook.cells.flatMap(({ cell_type, execution_count, outputs = [] }) =>
      cell_type === "code"
        ? [
            [
              execution_count,
              outputs.map(({ output_type, ename, evalue }) =>
                ename ? `${ename}: ${evalue}` : output_type,
              ),
            ],
          ]
        : [],
    ),
  );
}
