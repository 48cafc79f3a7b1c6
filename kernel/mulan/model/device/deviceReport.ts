import type { DeviceReport } from "../describe.ts";
import { type DeviceChoice, isSoftwareRenderer } from "./devices.ts";
import type { OpenedOnDevice } from "./openOnDevice.ts";
import { placementWords } from "./placementWords.ts";

/** What `model.describe()`, the status bar and `mulan doctor` say about where a model runs. */
export function deviceReport(
  { asked, used, card, refused, opened }: DeviceChoice<OpenedOnDevice>,
  softwareOnly: boolean = isSoftwareRenderer(),
): DeviceReport {
  const { placement, batch, agreementWithCpu, timesCpuSpeed } = opened;
  const software = used === "webgpu" && softwareOnly;
  const words = placement ? placementWords(placement, used) : used;
  return {
    asked,
    used,
    ...(card !== undefined && { card }),
    refused,
    summary: software ? `${words}, software renderer` : words,
    ...(placement && { placement }),
    ...(batch && { batch }),
    ...(agreementWithCpu !== undefined && { agreementWithCpu }),
    ...(timesCpuSpeed !== undefined && { timesCpuSpeed }),
    ...(software && { software }),
  };
}
