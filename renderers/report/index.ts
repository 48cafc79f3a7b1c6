import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawReport } from "./drawReport.ts";

export const activate = defineRenderer("report", drawReport);
