const css = `
.plot { position: relative; overflow: hidden; border: 1px solid var(--line); border-radius: 2px; }
.plot canvas { display: block; }
.plot svg.overlay { position: absolute; left: 0; top: 0; pointer-events: none; }
.legend { display: block; height: 20px; margin-top: 4px; margin-bottom: -4px; }
.note { font-size: 11px; line-height: 16px; padding-top: 4px; min-height: 20px; }
`;

let sheet: CSSStyleSheet | undefined;

export function mapStyle(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}
