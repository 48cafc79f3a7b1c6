import type {
  KernelState as FigureState,
  HostMessage,
} from "../../kernel/mulan/figures/rendererMessages.ts";
import type { KernelState } from "../session/kernelState.ts";

/** What figures hear of the kernel: first its state, then the selection that it holds. */
export function hostMessages({ phase, engine, selection }: KernelState): readonly HostMessage[] {
  const state: FigureState = phase === "ended" ? "dead" : phase;
  return [
    { type: "kernel", state, engine: engine ?? null },
    { type: "selection", clips: selection },
  ];
}
