import { detailStyle } from "./detailLine.ts";

const css = `
.layer { position: absolute; left: 0; width: 100%; overflow: hidden; }
.layer.wave-detail { pointer-events: none; z-index: 3; }
.layer canvas { position: absolute; top: 0; height: 100%; display: block; image-rendering: pixelated; }
.windows { z-index: 6; cursor: pointer; }
.windows .window {
  position: absolute; height: 8px; border-radius: 2px; background: var(--quiet); opacity: .45; min-width: 1px;
  border-right: 1px solid var(--ground); box-sizing: border-box;
}
.windows .window.padded { border-right: 2px dashed var(--vscode-foreground); }
.windows .window:hover, .windows .window.near { opacity: .9; }
.windows .window.playing { background: var(--focus); opacity: 1; }
.axis { color: var(--quiet); font-size: 11px; line-height: 16px; pointer-events: none; overflow: visible; }
.axis span { position: absolute; top: 4px; white-space: nowrap; transform: translateX(-50%); }
.axis span.first { transform: none; }
.axis span.last { transform: translateX(-100%); }
.axis i { position: absolute; top: 0; width: 1px; height: 4px; background: var(--quiet); }
[part~="region"] { outline: 1px solid var(--accent); outline-offset: -1px; }
[part~="region-handle"] { border-color: var(--accent) !important; }
:host-context(.high-contrast) .windows .window { background: none; border: 1px solid var(--vscode-foreground); opacity: 1; }
:host-context(.high-contrast) .windows .window.padded { border-right: 2px dashed var(--vscode-foreground); }
:host-context(.high-contrast) .windows .window.playing { border-color: var(--focus); border-width: 2px; }
.progress-of-window { position: absolute; top: 0; bottom: 0; width: 1px; background: var(--focus); }
`;

/** Around wavesurfer: gutters lie behind, so that one svg is as wide as the figure. */
const figureCss = `
.drawing svg.gutter { position: absolute; left: 0; top: 0; pointer-events: none; }
.stage { margin-left: var(--left); position: relative; }
.drawing.selected .stage { outline: 2px solid var(--accent); outline-offset: -1px; }
${detailStyle}
`;

/** In wavesurfer's own root, for the layers that lie inside its picture. */
export const stageStyle = onceMade(css);
/** In the figure's root. */
export const clipFigureStyle = onceMade(figureCss);

function onceMade(text: string): () => CSSStyleSheet {
  let sheet: CSSStyleSheet | undefined;
  return () => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
    }
    return sheet;
  };
}
