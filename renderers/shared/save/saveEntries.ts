import type { MenuEntry } from "../shell/controlsRow.ts";
import type { FigureShell } from "../shell/figureShell.ts";
import { download, fileNameOf } from "./download.ts";
import { type FigureImage, frameImage } from "./frameImage.ts";
import { toCsv } from "./toCsv.ts";
import { toPng } from "./toPng.ts";

export interface Saved {
  title(): string;
  /** The drawing alone, with plain colours; title, reading line and model are added to it. */
  image(): FigureImage | Promise<FigureImage>;
  /** A header line and the values. */
  table(): readonly (readonly (string | number)[])[];
}

/** "Save as …" for the "…" menu. */
export function saveEntries(shell: FigureShell, saved: Saved): MenuEntry[] {
  const save = (ending: string, mime: string, make: () => Promise<string | Uint8Array>) => {
    make()
      .then((content) => download(fileNameOf(saved.title(), ending), mime, content))
      .catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        shell.status.setPassing({ kind: "error", text: `the figure was not saved: ${reason}` });
      });
  };
  const framed = async () => frameImage(await saved.image());
  return [
    {
      label: "Save as PNG",
      run: () =>
        save("png", "image/png", async () => {
          const { svg, width, height } = await framed();
          return toPng(svg, width, height);
        }),
    },
    {
      label: "Save as SVG",
      run: () => save("svg", "image/svg+xml", async () => (await framed()).svg),
    },
    {
      label: "Save data as CSV",
      // The mark tells spreadsheets that this is UTF-8.
      run: () => save("csv", "text/csv", async () => `\ufeff${toCsv(saved.table())}`),
    },
  ];
}
