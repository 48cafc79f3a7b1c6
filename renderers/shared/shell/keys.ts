/** What a key does inside a drawing. */
export interface KeyBinding {
  /** Values of KeyboardEvent.key: "ArrowLeft", " ", "l". Letters are matched without case. */
  readonly keys: readonly string[];
  /** How the list of "?" writes them: "← →". */
  readonly shown: string;
  /** What it does, sentence case. */
  readonly label: string;
  run(event: KeyboardEvent): void;
}

/** Keys that mean the same in every figure, in the order of the list. */
const helpKey = { shown: "?", label: "Show this list" };
const leaveKey = { shown: "Esc", label: "Leave the figure" };

export interface KeyTarget {
  readonly element: HTMLElement;
  bindings(): readonly KeyBinding[];
  onHelp(): void;
  onLeave(): void;
}

/** Listens at the drawing. What it understands goes no further: the notebook would move to another cell. */
export function listenToKeys({ element, bindings, onHelp, onLeave }: KeyTarget): void {
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event)) return;
    const run = actionOf(event.key);
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run(event);
  });

  function actionOf(key: string): ((event: KeyboardEvent) => void) | undefined {
    if (key === "?") return onHelp;
    if (key === "Escape") return onLeave;
    const wanted = key.length === 1 ? key.toLowerCase() : key;
    return bindings().find(({ keys }) => keys.includes(wanted))?.run;
  }
}

/** Typing belongs to the field: the notebook's own keys ("a" adds a cell) must not hear it. */
export function keepTyping(field: HTMLElement): void {
  field.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
}

/** What "?" shows. */
export function describeKeys(
  bindings: readonly KeyBinding[],
): readonly { readonly shown: string; readonly label: string }[] {
  return [...bindings, leaveKey, helpKey];
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}
