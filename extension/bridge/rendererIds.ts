import { z } from "zod";

const manifest = z.object({
  contributes: z.object({ notebookRenderer: z.array(z.object({ id: z.string() })).default([]) }),
});

/** The renderers that our own package.json announces. */
export function rendererIds(packageJson: unknown): readonly string[] {
  return manifest.parse(packageJson).contributes.notebookRenderer.map(({ id }) => id);
}
