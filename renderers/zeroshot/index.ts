import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawZeroShot } from "./drawZeroShot.ts";

export const activate = defineRenderer("zeroshot", drawZeroShot);
