import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawSimilarity } from "./drawSimilarity.ts";

export const activate = defineRenderer("similarity", drawSimilarity);
