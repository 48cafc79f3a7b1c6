import { MulanError } from "../foundation/errors.ts";

const PLACE = "{}";

/** Templates as a list. @throws MulanError `prompts.empty`, `prompts.no-place` */
export function asTemplates(prompts: string | readonly string[]): readonly string[] {
  const templates = typeof prompts === "string" ? [prompts] : [...prompts];
  if (templates.length === 0) {
    throw new MulanError("prompts.empty", "there are no prompts", {
      expected: 'a template such as "{} music", or a list of them',
    });
  }
  const odd = templates.find((template) => !template.includes(PLACE));
  if (odd !== undefined) {
    throw new MulanError("prompts.no-place", "a prompt has no place for the label", {
      expected: `{} where the label goes, as in "{} music"`,
      got: JSON.stringify(odd),
    });
  }
  return templates;
}

/** A label said as a template says it. */
export function fillTemplate(template: string, label: string): string {
  return template.split(PLACE).join(label);
}

/** @throws MulanError `labels.empty`, `labels.blank`, `labels.duplicate` */
export function checkLabels(labels: readonly string[]): void {
  if (labels.length === 0) {
    throw new MulanError("labels.empty", "there are no labels", {
      expected: 'a list such as ["piano", "drums"]',
    });
  }
  const blank = labels.findIndex((label) => label.trim() === "");
  if (blank >= 0) {
    throw new MulanError("labels.blank", `label ${blank} is empty`, { expected: "some text" });
  }
  const repeated = new Set(labels.filter((label, i) => labels.indexOf(label) < i));
  if (repeated.size > 0) {
    const names = [...repeated].map((label) => JSON.stringify(label)).join(", ");
    throw new MulanError("labels.duplicate", "a label stands in the list more than once", {
      expected: "every label once, because they compete for one ranking",
      got: `${names} again`,
      remedy: "Pass [...new Set(labels)]",
    });
  }
}
