let copy: CSSStyleSheet | undefined;

/**
 * Plotly inserts its rules into the page's head, where a shadow root does not see them: without them it gets no
 * hover and no click there.
 */
export function adoptPlotlyStyle(root: ShadowRoot): void {
  const inserted = document.getElementById("plotly.js-style-global");
  if (!(inserted instanceof HTMLStyleElement) || !inserted.sheet) return;
  if (!copy) {
    copy = new CSSStyleSheet();
    copy.replaceSync([...inserted.sheet.cssRules].map((rule) => rule.cssText).join("\n"));
  }
  if (!root.adoptedStyleSheets.includes(copy)) root.adoptedStyleSheets.push(copy);
}
