import { z } from "zod";

/** Shapes that several requests share, with bounds on what one may cost. */
export const clipId = z.string().max(100);
export const lossId = z.string().max(100);
export const reportId = z.string().max(100);
export const modelId = z.string().max(200);
export const text = z.string().min(1).max(2000);
export const member = z.union([z.strictObject({ text }), z.strictObject({ clip: clipId })]);
/** Of the largest figure. */
export const maxMembers = 512;
