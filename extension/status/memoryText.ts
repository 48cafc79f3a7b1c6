import { byteText } from "../../kernel/mulan/foundation/byteText.ts";
import type { LiveRequests } from "../../kernel/session/index.ts";

type Processes = LiveRequests["memory"]["answer"];

/** "practice.ipynb: 612 MB (engine 210 MB, inference process 402 MB)" */
export function memoryText(notebook: string, processes: Processes): string {
  const known = processes.filter(({ bytes }) => bytes > 0);
  if (known.length === 0) return `${notebook}: not reported on this platform`;
  const total = known.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = processes.map(
    ({ name, bytes }) => `${name} ${bytes > 0 ? byteText(bytes) : "not reported on this platform"}`,
  );
  return `${notebook}: ${byteText(total)} (${parts.join(", ")})`;
}
