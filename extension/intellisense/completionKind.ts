/** Which of VS Code's icons fits a live value of this type. */
export function completionKind(type: string): "Function" | "Class" | "Property" | "Variable" {
  if (type === "function") return "Function";
  if (type === "class") return "Class";
  return type === "property" ? "Property" : "Variable";
}
