import type {
  KernelState as FigureState,
  HostMessage,
} from "../../kernel/mulan/figures/rendererMessages.ts";
import type { NotebookRunner } from "../controller/notebookRunner.ts";
import type { KernelState } from "../session/kernelState.ts";
import { figureIds } from "./findOutput.ts";

/** What figures hear of the kernel: first its state, then the selection that it holds. */
export function hostMessages({ phase, engine, selection }: KernelState): readonly HostMessage[] {
  const state: FigureState = phase === "ended" ? "dead" : phase;
  return [
    { type: "kernel", state, engine: engine ?? null },
    { type: "selection", clips: selection },
  ];
}

/** Which figures are about to be replaced by their cells. */
export function aboutToRun(runner: Pick<NotebookRunner, "aboutToRun">): HostMessage {
  return { type: "aboutToRun", outputs: figureIds(runner.aboutToRun) };
}
