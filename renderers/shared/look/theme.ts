/** The editor's colours as they are now. Canvas and Plotly take no `var(--x)`: these are resolved. */
export interface Theme {
  readonly kind: "light" | "dark";
  /** Borders of 1 px stand where other themes have fills. */
  readonly highContrast: boolean;
  readonly foreground: string;
  /** For what is read second: ticks, footnotes. */
  readonly quiet: string;
  readonly background: string;
  readonly border: string;
  readonly focus: string;
  readonly error: string;
  /** "Selected", in every figure. Green: neither magma nor the signed scale has it. */
  readonly accent: string;
  readonly fontFamily: string;
}

/** Used where a host sets no variables: saved HTML, a bare page. */
const light = {
  "--vscode-foreground": "#1f2328",
  "--vscode-descriptionForeground": "#59636e",
  "--vscode-editor-background": "#ffffff",
  "--vscode-editorWidget-border": "#d0d7de",
  "--vscode-focusBorder": "#0969da",
  "--vscode-errorForeground": "#cf222e",
  "--vscode-charts-green": "#1a7f37",
} as const;

/** Reads the variables at an element of the page. */
export function readTheme(at: Element = document.documentElement): Theme {
  const styles = getComputedStyle(at);
  const read = (name: keyof typeof light): string =>
    styles.getPropertyValue(name).trim() || light[name];
  const { classList } = document.body;
  const background = read("--vscode-editor-background");
  return {
    kind: isDark(classList, background) ? "dark" : "light",
    highContrast:
      classList.contains("vscode-high-contrast") ||
      classList.contains("vscode-high-contrast-light"),
    foreground: read("--vscode-foreground"),
    quiet: read("--vscode-descriptionForeground"),
    background,
    border: read("--vscode-editorWidget-border"),
    focus: read("--vscode-focusBorder"),
    error: read("--vscode-errorForeground"),
    accent: read("--vscode-charts-green"),
    fontFamily: styles.getPropertyValue("--vscode-font-family").trim() || "system-ui, sans-serif",
  };
}

/** Tells when the editor's theme changes. Answers the watching's end. */
export function watchTheme(onChange: (theme: Theme) => void): () => void {
  const observer = new MutationObserver(() => onChange(readTheme()));
  const options = { attributes: true, attributeFilter: ["class", "style"] };
  // VS Code writes the variables to the root's style and the kind to the body's class.
  observer.observe(document.documentElement, options);
  observer.observe(document.body, options);
  return () => observer.disconnect();
}

/** Changes of order and value jump instead of gliding. */
export function prefersStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function isDark(classes: DOMTokenList, background: string): boolean {
  if (classes.contains("vscode-light") || classes.contains("vscode-high-contrast-light")) {
    return false;
  }
  if (classes.contains("vscode-dark") || classes.contains("vscode-high-contrast")) return true;
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(background);
  if (!hex) return false;
  const [r, g, b] = hex.slice(1).map((part) => Number.parseInt(part, 16));
  return 0.299 * r! + 0.587 * g! + 0.114 * b! < 128;
}

/** Lines of axes and grids. In high contrast borders are as bright as the marks that stand on them. */
export function gridInk({ highContrast, quiet, border }: Theme): string {
  return highContrast ? quiet : border;
}
