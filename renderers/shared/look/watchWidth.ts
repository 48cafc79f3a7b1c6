/** Whole pixels of an element's width, soon and then at every change. Answers the watching's end. */
export function watchWidth(element: Element, onChange: (widthPx: number) => void): () => void {
  let last = 0;
  const observer = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    // VS Code hides outputs that are scrolled away: width 0 is no size to draw for.
    if (width <= 0 || width === last) return;
    last = width;
    onChange(width);
  });
  observer.observe(element);
  return () => observer.disconnect();
}
