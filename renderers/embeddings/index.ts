import { defineRenderer } from "../shared/defineRenderer.ts";
import { drawEmbeddings } from "./drawEmbeddings.ts";

export const activate = defineRenderer("embeddings", drawEmbeddings);
