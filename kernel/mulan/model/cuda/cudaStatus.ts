import { runtimeVersions } from "../inference/runtimeVersions.ts";
import { cudaFolder, type InstalledCuda, installedCuda } from "./cudaFolder.ts";
import { CUDA_RELEASE, type CudaRelease, downloadBytes, NVIDIA_LICENCES } from "./cudaPackages.ts";

/** What `installCuda` would fetch, for a person to agree to. */
export interface CudaOffer extends CudaRelease {
  readonly downloadBytes: number;
  readonly folder: string;
  /** Where NVIDIA's licences can be read. */
  readonly licencePages: readonly string[];
}

export function cudaOffer(): CudaOffer {
  return {
    ...CUDA_RELEASE,
    downloadBytes: downloadBytes(CUDA_RELEASE),
    folder: cudaFolder(),
    licencePages: NVIDIA_LICENCES,
  };
}

export interface CudaStatus {
  readonly folder: string;
  readonly installed?: InstalledCuda;
  /** Installed, but for another ONNX Runtime than this package's: not used. */
  readonly stale: boolean;
}

export function cudaStatus(): CudaStatus {
  const installed = installedCuda();
  const stale = installed !== undefined && installed.onnxruntime !== runtimeVersions().onnxruntime;
  return { folder: cudaFolder(), ...(installed && { installed }), stale };
}
