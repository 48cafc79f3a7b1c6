import { z } from "zod";
import { type Family, families } from "../../kernel/mulan/figures/contract.ts";
import type { RendererMessage } from "../../kernel/mulan/figures/rendererMessages.ts";

const requestId = z.string().max(100);
const outputId = z.string().max(100);
const MAX_CODE_CHARS = 20_000;

/** Figures are drawn by the engine, which knows their shape; here only the family must be one of ours. */
const figure = z.looseObject({
  family: z.custom<Family>((value) => families.some((known) => known === value)),
  version: z.literal(1),
});

const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello") }),
  z.object({
    type: z.literal("live"),
    requestId,
    name: z.string().max(100),
    params: z.unknown(),
  }),
  z.object({ type: z.literal("cancel"), requestId }),
  z.object({ type: z.literal("edited"), outputId, figure }),
  z.object({ type: z.literal("insertCell"), outputId, code: z.string().max(MAX_CODE_CHARS) }),
]);

/** What came from a renderer; undefined when it is none of ours. The engine parses a request's parameters itself. */
export function parseMessage(received: unknown): RendererMessage | undefined {
  const parsed = message.safeParse(received);
  return parsed.success ? (parsed.data as RendererMessage) : undefined;
}
