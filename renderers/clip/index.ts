import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawClip } from "./drawClip.ts";

export const activate = defineRenderer("clip", drawClip);
