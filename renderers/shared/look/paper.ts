import type { Theme } from "./theme.ts";

/** The theme of saved files: ink on white, whatever the editor wears. */
export const paper: Theme = {
  kind: "light",
  highContrast: false,
  foreground: "#1f2328",
  quiet: "#59636e",
  background: "#ffffff",
  border: "#d0d7de",
  focus: "#0969da",
  error: "#cf222e",
  accent: "#1a7f37",
  fontFamily: "Inter, system-ui, sans-serif",
};
