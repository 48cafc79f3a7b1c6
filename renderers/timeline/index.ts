import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawTimeline } from "./drawTimeline.ts";

export const activate = defineRenderer("timeline", drawTimeline);
