import { MulanError } from "../../foundation/errors.ts";

/** @throws MulanError `model.busy` while somebody waits for this process */
export function assertIdle({ isIdle }: { readonly isIdle: boolean }): void {
  if (isIdle) return;
  throw new MulanError("model.busy", "a model is in use just now", {
    remedy: "Wait until the cell has ended, or interrupt it",
  });
}
