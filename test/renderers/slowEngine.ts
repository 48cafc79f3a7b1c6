import type { TestKernel } from "./bed.ts";
import { engine } from "./values.ts";

/** An engine that keeps answers of one kind back until they are released. */
export function slowEngine(slow: string, answer: TestKernel = engine) {
  let release = () => {};
  let held = Promise.resolve();
  return {
    hold() {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => release(),
    async kernel(name: string, params: never) {
      if (name === slow) await held;
      return answer(name, params);
    },
  };
}
