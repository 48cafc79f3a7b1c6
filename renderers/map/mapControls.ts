import { html } from "../shared/dom.ts";
import { button, type Control, select, textField, toggle } from "../shared/shell/controls.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import type { ColourBy } from "./colours.ts";

export interface MapControlEvents {
  onLasso(on: boolean): void;
  onColourBy(by: ColourBy): void;
  /** @param entered Enter was pressed: go to the next one */
  onFind(text: string, entered: boolean): void;
  onZoom(factor: number): void;
}

export interface MapControls {
  setLasso(on: boolean): void;
  flipLasso(): void;
  focusFind(): void;
}

const colourings: Readonly<Record<ColourBy, string>> = {
  label: "colour by label",
  kind: "colour by kind",
  none: "one colour",
};

export function mapControls(
  shell: FigureShell,
  has: { readonly zooms: boolean; readonly colourBy: readonly ColourBy[] },
  events: MapControlEvents,
): MapControls {
  const lasso = toggle({
    label: "Lasso clips into the selection",
    text: "Lasso",
    key: "O",
    live: true,
    on: false,
    onChange: events.onLasso,
  });
  const colourBy = select<ColourBy>({
    label: "Colour by",
    value: has.colourBy[0]!,
    options: has.colourBy.map((value) => ({ value, label: colourings[value] })),
    onChange: events.onColourBy,
  });
  const find = textField({
    label: "Find labels",
    widthPx: 140,
    onSubmit: (text) => events.onFind(text, true),
  });
  find.field.addEventListener("input", () => events.onFind(find.field.value.trim(), false));
  const zoomOut = button({
    label: "Zoom out",
    text: "−",
    key: "−",
    onPress: () => events.onZoom(1 / 1.5),
  });
  const zoomIn = button({
    label: "Zoom in",
    text: "+",
    key: "+",
    onPress: () => events.onZoom(1.5),
  });
  for (const { element } of [zoomIn, zoomOut]) element.classList.add("icon");
  const zoom: Control = {
    element: html("span", { class: "control" }, zoomOut.element, zoomIn.element),
    live: false,
  };
  shell.controls.add(
    ...(has.zooms ? [lasso, zoom] : []),
    find,
    ...(has.colourBy.length > 1 ? [colourBy] : []),
  );
  return { setLasso: lasso.set, flipLasso: lasso.flip, focusFind: () => find.field.focus() };
}
