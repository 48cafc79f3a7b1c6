/** Where a person was in a figure: drawn anew, it puts them back there. */
export interface HalfTyped {
  readonly fields: ReadonlyMap<string, string>;
  /** What has the focus, and the marked text in it. */
  readonly focus: Focus | undefined;
  readonly isFootnoteOpen: boolean;
}

interface Focus {
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** Late controls are waited for: they come when the kernel has answered. */
const waitMs = 10_000;

/** Marks a field as one in which something stands that was not entered. */
export function markTyped(field: HTMLInputElement, typed: boolean): void {
  if (typed) field.dataset.typed = "yes";
  else delete field.dataset.typed;
}

export function isTyped(field: HTMLInputElement): boolean {
  return field.dataset.typed !== undefined;
}

/** @param before what was not put back since the drawing before */
export function readHalfTyped(
  root: ShadowRoot | null,
  before: HalfTyped | undefined,
): HalfTyped | undefined {
  if (!root) return before;
  const fields = new Map(before?.fields);
  for (const field of root.querySelectorAll("input")) {
    if (isTyped(field)) fields.set(nameOf(field), field.value);
  }
  const active = root.activeElement;
  const [from, to] =
    active instanceof HTMLInputElement && active.type === "text"
      ? [active.selectionStart, active.selectionEnd]
      : [null, null];
  const focus = active instanceof HTMLElement ? { name: nameOf(active), from, to } : before?.focus;
  return { fields, focus, isFootnoteOpen: root.querySelector("details.footnote[open]") !== null };
}

/** Puts everything back that can be found, now or when it appears. @param onBack when nothing is left */
export function putBack(
  root: ShadowRoot,
  { fields, focus, isFootnoteOpen }: HalfTyped,
  signal: AbortSignal,
  onBack: () => void,
): void {
  const left = new Map(fields);
  let focusLeft = focus;
  const footnote = root.querySelector<HTMLDetailsElement>("details.footnote");
  if (footnote) footnote.open = isFootnoteOpen;
  const put = (): boolean => {
    for (const [name, text] of left) {
      const field = elementCalled(root, name);
      if (!(field instanceof HTMLInputElement)) continue;
      left.delete(name);
      field.value = text;
      markTyped(field, true);
    }
    // Whoever has gone elsewhere in the meantime stays there.
    const elsewhere = root.activeElement ?? outsideFocus(root.host);
    if (elsewhere && focusLeft && nameOf(elsewhere) !== focusLeft.name) focusLeft = undefined;
    const target = focusLeft && elementCalled(root, focusLeft.name);
    if (focusLeft && target) {
      target.focus({ preventScroll: true });
      if (target instanceof HTMLInputElement && focusLeft.from !== null) {
        target.setSelectionRange(focusLeft.from, focusLeft.to);
      }
      if (root.activeElement === target) focusLeft = undefined;
    }
    return left.size === 0 && focusLeft === undefined;
  };
  if (put()) return onBack();
  const end = (): void => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const observer = new MutationObserver(() => {
    if (!put()) return;
    end();
    onBack();
  });
  observer.observe(root, { childList: true, subtree: true });
  const timer = setTimeout(end, waitMs);
  signal.addEventListener("abort", end);
}

function outsideFocus(host: Element): Element | undefined {
  const { activeElement } = document;
  return activeElement && activeElement !== document.body && activeElement !== host
    ? activeElement
    : undefined;
}

function nameOf(element: Element): string {
  return element.classList.contains("drawing")
    ? "drawing"
    : (element.getAttribute("aria-label") ?? element.textContent ?? "");
}

function elementCalled(root: ShadowRoot, name: string): HTMLElement | undefined {
  const all = root.querySelectorAll<HTMLElement>("input, select, button, .drawing, summary");
  return [...all].find((element) => nameOf(element) === name);
}
