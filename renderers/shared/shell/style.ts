/** Everything on a 4-px grid, in the editor's own variables, so that a change of theme needs no script here. */
const css = `
:host {
  display: block; max-width: 1100px; min-width: 0; box-sizing: border-box; padding: 4px 0 8px;
  font-family: var(--vscode-font-family, system-ui, sans-serif); font-size: 13px; line-height: 20px;
  color: var(--vscode-foreground, #1f2328); font-variant-numeric: tabular-nums;
  --quiet: var(--vscode-descriptionForeground, #59636e);
  --line: var(--vscode-editorWidget-border, var(--vscode-contrastBorder, #d0d7de));
  --ground: var(--vscode-editor-background, #fff);
  --accent: var(--vscode-charts-green, #1a7f37);
  --focus: var(--vscode-focusBorder, #0969da);
}
* { box-sizing: border-box; }
.figure { display: flex; flex-direction: column; gap: 12px; margin: 0; position: relative; }
.head { display: flex; gap: 8px 12px; align-items: baseline; flex-wrap: wrap; }
.title { font-weight: 600; overflow-wrap: anywhere; flex: 1 1 auto; min-width: 0; }
.status { color: var(--quiet); display: flex; gap: 8px; align-items: baseline; min-height: 20px; }
.status:empty { display: none; }
.status .dot { width: 8px; height: 8px; border-radius: 4px; background: var(--vscode-editorWarning-foreground, #bf8803); flex: none; align-self: center; }
.status.error { color: var(--vscode-errorForeground, #cf222e); }
.status progress { width: 80px; height: 4px; align-self: center; accent-color: var(--focus); }
.controls { display: flex; gap: 8px; align-items: center; min-height: 24px; opacity: .6; min-width: 0; }
.figure:hover .controls, .figure:focus-within .controls { opacity: 1; }
.controls:empty { display: none; }
.control { flex: none; display: inline-flex; align-items: center; gap: 4px; max-width: 100%; }
.drawing { position: relative; min-width: 0; outline-offset: 2px; }
.reading { overflow-wrap: anywhere; }
.reading:empty { display: none; }
details.footnote { color: var(--quiet); font-size: 11px; line-height: 16px; }
details.footnote summary { cursor: pointer; width: fit-content; list-style-position: outside; margin-left: 16px; }
details.footnote div { overflow-wrap: anywhere; margin: 4px 0 0 16px; }
button, select, input:not([type=range]):not([type=checkbox]) {
  font: inherit; line-height: 20px; height: 24px; color: inherit; padding: 0 8px; border-radius: 4px;
  border: 1px solid transparent; background: var(--vscode-toolbar-hoverBackground, rgba(128,128,128,.16));
}
select { padding: 0 4px; background: var(--vscode-dropdown-background, var(--ground)); color: var(--vscode-dropdown-foreground, inherit); border-color: var(--vscode-dropdown-border, var(--line)); }
input:not([type=range]):not([type=checkbox]) {
  background: var(--vscode-input-background, var(--ground)); color: var(--vscode-input-foreground, inherit);
  border-color: var(--vscode-input-border, var(--line)); min-width: 0; cursor: text;
}
input::placeholder { color: var(--vscode-input-placeholderForeground, var(--quiet)); opacity: 1; }
input[type=range] { accent-color: var(--focus); width: 96px; margin: 0; }
button { cursor: pointer; white-space: nowrap; }
button:hover { background: var(--vscode-toolbar-activeBackground, rgba(128,128,128,.28)); }
button[aria-pressed=true] { background: var(--vscode-inputOption-activeBackground, rgba(0,120,212,.2)); color: var(--vscode-inputOption-activeForeground, inherit); border-color: var(--vscode-inputOption-activeBorder, var(--focus)); }
button.link { background: none; padding: 0; height: auto; color: var(--vscode-textLink-foreground, #0969da); text-decoration: underline; }
button.icon { padding: 0 4px; min-width: 24px; justify-content: center; }
button:disabled, input:disabled { opacity: .5; cursor: default; }
:focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }
:host(.high-contrast) button, :host(.high-contrast) select, :host(.high-contrast) .menu { background: var(--ground); border: 1px solid var(--vscode-contrastBorder, currentColor); }
:host(.high-contrast) button:hover { border-style: dashed; border-color: var(--vscode-contrastActiveBorder, var(--focus)); }
:host(.high-contrast) .controls { opacity: 1; }
.menu {
  position: absolute; z-index: 20; display: flex; flex-direction: column; align-items: stretch; gap: 4px; padding: 8px;
  background: var(--vscode-menu-background, var(--vscode-editorWidget-background, var(--ground))); color: var(--vscode-menu-foreground, inherit);
  border: 1px solid var(--vscode-menu-border, var(--line)); border-radius: 4px; box-shadow: 0 2px 8px var(--vscode-widget-shadow, rgba(0,0,0,.24)); max-width: min(360px, 100%);
}
.menu[hidden] { display: none; }
.menu button { text-align: left; background: none; }
.menu button:hover, .menu button:focus-visible { background: var(--vscode-menu-selectionBackground, rgba(128,128,128,.2)); color: var(--vscode-menu-selectionForeground, inherit); }
.menu hr { width: 100%; border: 0; border-top: 1px solid var(--line); margin: 4px 0; }
.menu dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; margin: 0; }
.menu dt { font-family: var(--vscode-editor-font-family, monospace); color: var(--quiet); }
.menu dd { margin: 0; }
.tooltip {
  position: absolute; z-index: 10; pointer-events: none; padding: 4px 8px; border-radius: 4px; max-width: min(320px, 100%); overflow-wrap: anywhere;
  background: var(--vscode-editorHoverWidget-background, var(--ground)); color: var(--vscode-editorHoverWidget-foreground, inherit);
  border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
}
.tooltip[hidden] { display: none; }
.tooltip .number { font-weight: 600; }
.tooltip .quiet, .quiet { color: var(--quiet); }
.announcer { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note { font-size: 11px; line-height: 16px; margin-top: 4px; max-width: 720px; }
/* These draw a cursor of their own. */
.drawing.own-cursor:focus-visible { outline: none; }
.empty { color: var(--quiet); padding: 12px 0; }
.empty code, code { font-family: var(--vscode-editor-font-family, monospace); font-size: 12px; user-select: all; }
svg { display: block; overflow: visible; font-family: inherit; }
@media (prefers-reduced-motion: no-preference) { .controls { transition: opacity 100ms; } .glide { transition: transform 150ms ease-out; } .fade { transition: opacity 100ms, width 100ms, fill 100ms; } }
`;

let sheet: CSSStyleSheet | undefined;

/** Adopted, not inserted: outputs share one page, and a strict CSP allows it. */
export function figureStyle(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
