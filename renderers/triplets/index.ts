import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawTriplets } from "./drawTriplets.ts";

export const activate = defineRenderer("triplets", drawTriplets);
