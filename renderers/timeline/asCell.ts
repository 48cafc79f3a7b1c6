import type { TimelineFigure } from "../../kernel/mulan/figures/contract.ts";

/** Code that makes these lanes in a cell. `clips` is the notebook's own variable. */
export function asCell({ label, prompts }: Pick<TimelineFigure, "label" | "prompts">): string {
  const lines = prompts.map((prompt) => `  ${JSON.stringify(prompt)},\n`).join("");
  return [
    "const model = await mulan.load();",
    `const clip = clips.find(({ label }) => label === ${JSON.stringify(label)})!;`,
    `await mulan.timeline(model, clip, [\n${lines}])`,
  ].join("\n");
}
