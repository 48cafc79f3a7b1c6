import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawMap } from "./drawMap.ts";

export const activate = defineRenderer("map", drawMap);
