import type { Signal } from "../shared/kernel/signal.ts";
import { elementAt } from "../shared/look/elementAt.ts";
import type { FigureShell } from "../shared/shell/figureShell.ts";
import { cellAt, type LossLayout } from "./layout.ts";
import { derive, type State } from "./state.ts";
import { cellWords } from "./words.ts";

interface Pointed {
  readonly shell: FigureShell;
  readonly picture: SVGSVGElement;
  readonly state: Signal<State>;
  layout(): LossLayout | undefined;
  play(row: number): void;
}

/** Radians a px. */
const turnSpeed = 0.01;

/** Hover tells a cell, a press plays its clip, a drag turns the sphere. */
export function listenToPointer({ shell, picture, state, layout, play }: Pointed): void {
  let turningFrom: { x: number; y: number } | undefined;
  const place = (event: MouseEvent) => {
    const frame = picture.getBoundingClientRect();
    return { x: event.clientX - frame.left, y: event.clientY - frame.top };
  };
  picture.addEventListener("pointerdown", (event) => {
    if (elementAt(shell.root, event)?.dataset.part !== "sphere") return;
    turningFrom = place(event);
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    const at = place(event);
    if (turningFrom) {
      const { yaw, pitch } = state.value.orientation;
      const orientation = {
        yaw: yaw + (at.x - turningFrom.x) * turnSpeed,
        pitch: Math.max(-1.5, Math.min(1.5, pitch + (at.y - turningFrom.y) * turnSpeed)),
      };
      turningFrom = at;
      state.set({ ...state.value, orientation });
      return;
    }
    const now = layout();
    const cell = now && cellAt(now, state.value.size, at.x, at.y);
    if (!cell) return shell.tooltip.hide();
    const words = cellWords(state.value, derive(state.value), cell.row, cell.column);
    shell.tooltip.show(at.x, at.y + shell.drawing.offsetTop, ...words);
  });
  picture.addEventListener("pointerleave", () => shell.tooltip.hide());
  picture.addEventListener("pointercancel", () => {
    turningFrom = undefined;
  });
  picture.addEventListener("pointerup", (event) => {
    const wasTurning = turningFrom !== undefined;
    turningFrom = undefined;
    const now = layout();
    const at = place(event);
    const cell = now && cellAt(now, state.value.size, at.x, at.y);
    if (wasTurning || event.button !== 0 || !cell) return;
    state.set({ ...state.value, cursor: cell });
    shell.drawing.focus({ preventScroll: true });
    play(cell.row);
  });
}
