import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawLoss } from "./drawLoss.ts";

export const activate = defineRenderer("loss", drawLoss);
