import { svg } from "../dom.ts";

/** A group of marks that keeps its element when the order changes, so that it glides to its new place. */
export interface KeyedGroup {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly content: readonly SVGElement[];
}

/** Groups under keys. New ones stand in their place at once, gone ones go at once. */
export interface KeyedLayer {
  readonly element: SVGGElement;
  update(groups: readonly KeyedGroup[]): void;
}

export function createKeyedLayer(): KeyedLayer {
  const element = svg("g");
  let present = new Map<string, SVGGElement>();
  return {
    element,
    update(groups) {
      const next = new Map<string, SVGGElement>();
      for (const { key, x, y, content } of groups) {
        const group = present.get(key) ?? svg("g", { class: "glide" });
        group.replaceChildren(...content);
        // As a CSS property: transitions do not see the attribute.
        group.style.transform = `translate(${x}px, ${y}px)`;
        if (!group.isConnected) element.append(group);
        next.set(key, group);
      }
      for (const [key, group] of present) if (!next.has(key)) group.remove();
      present = next;
    },
  };
}
