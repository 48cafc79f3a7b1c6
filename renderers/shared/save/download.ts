import { html } from "../dom.ts";

/**
 * Offers a file to the user. A data: link with `download`: VS Code answers its click with its own save dialogue,
 * a browser with a download; a strict CSP allows both.
 */
export function download(fileName: string, mime: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  const link = html("a", { href: `data:${mime};base64,${btoa(binary)}`, download: fileName });
  link.style.display = "none";
  document.body.append(link);
  link.click();
  link.remove();
}

/** A title as a file name: letters and digits of any script, hyphens for the rest. */
export function fileNameOf(title: string, ending: string): string {
  const stem = title
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem || "figure"}.${ending}`;
}
