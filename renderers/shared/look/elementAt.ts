/** The mark under the pointer now. */
export function elementAt(root: ShadowRoot, event: MouseEvent): SVGElement | undefined {
  const element = root.elementFromPoint(event.clientX, event.clientY);
  return element instanceof SVGElement ? element : undefined;
}

/**
 * Calls back with the mark that a person pressed, at letting go. Not by "click": pressing gives the drawing the focus,
 * which draws its marks anew, and a click on a mark that was taken away meanwhile never comes.
 */
export function onPress(
  root: ShadowRoot,
  drawn: SVGSVGElement,
  listener: (element: SVGElement) => void,
): void {
  drawn.addEventListener("pointerup", (event) => {
    const element = event.button === 0 ? elementAt(root, event) : undefined;
    if (element) listener(element);
  });
}
