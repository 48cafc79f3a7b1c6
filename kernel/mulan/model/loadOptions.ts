import type { Progress } from "../foundation/ambient.ts";
import type { DeviceRequest } from "./device/devices.ts";
import type { PrecisionRequest } from "./manifest/choosePrecision.ts";

export interface LoadOptions {
  /**
   * "auto" takes the first that serves; a device asked for by name serves or is an error.
   * Default: `MULAN_DEVICE`, else "auto".
   */
  readonly device?: DeviceRequest | undefined;
  /**
   * "auto" (default) takes what the manifest names first; of a folder without one fp32 on the CPU and fp16 on a GPU,
   * where the model has them. Others must be among the model's variants.
   */
  readonly precision?: PrecisionRequest;
  /** Use the model even though its health check failed. Default false. */
  readonly force?: boolean;
  /** Default: the running cell's interrupt. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the running cell's progress bar. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
