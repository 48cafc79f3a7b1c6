import { html } from "../dom.ts";

/** The quiet line beside the title. */
export type Status =
  | { readonly kind: "none" }
  /** Nothing is wrong and nothing can be asked: no kernel. */
  | { readonly kind: "still"; readonly text: string }
  | { readonly kind: "stale"; readonly text: string }
  | { readonly kind: "waiting"; readonly text: string; readonly onCancel?: () => void }
  | { readonly kind: "error"; readonly text: string };

export interface StatusLine {
  readonly element: HTMLElement;
  /** What is so until something else is: no kernel, stale. */
  setLasting(status: Status): void;
  /** What covers it for now: waiting, an error. "none" uncovers it. */
  setPassing(status: Status): void;
}

export function createStatusLine(): StatusLine {
  const element = html("div", { class: "status", role: "status" });
  let lasting: Status = { kind: "none" };
  let passing: Status = { kind: "none" };
  const draw = (): void => {
    const status = passing.kind === "none" ? lasting : passing;
    element.classList.toggle("error", status.kind === "error");
    element.replaceChildren(...contentOf(status));
  };
  return {
    element,
    setLasting(status) {
      lasting = status;
      draw();
    },
    setPassing(status) {
      passing = status;
      draw();
    },
  };
}

function contentOf(status: Status): (Node | string)[] {
  switch (status.kind) {
    case "none":
      return [];
    case "still":
    case "error":
      return [status.text];
    case "stale":
      return [html("span", { class: "dot", "aria-hidden": "true" }), status.text];
    case "waiting": {
      if (!status.onCancel) return [html("progress"), status.text];
      const cancel = html("button", { type: "button", class: "link" }, "Cancel");
      cancel.addEventListener("click", status.onCancel);
      return [html("progress"), status.text, cancel];
    }
  }
}
