import { MulanError } from "../../foundation/errors.ts";

interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** undefined on systems with another C library. */
  readonly glibc: string | undefined;
}

/** Of the wheels' tags (manylinux_2_28). */
const MIN_GLIBC: readonly [number, number] = [2, 28];

/** @throws MulanError `cuda.platform` where the provider libraries do not exist or cannot be loaded */
export function assertSupported(machine: Machine = thisMachine()): void {
  const { platform, arch, glibc } = machine;
  const refuse = (got: string, remedy: string) => {
    throw new MulanError("cuda.platform", "CUDA cannot be installed here", {
      expected: `Linux x64 with glibc ${MIN_GLIBC.join(".")} or newer`,
      got,
      remedy,
    });
  };
  if (platform === "win32")
    refuse(`${platform} ${arch}`, 'Use device "dml" or "webgpu": both are part of the package');
  if (platform === "darwin")
    refuse(`${platform} ${arch}`, 'Use device "coreml" or "webgpu": both are part of the package');
  if (platform !== "linux" || arch !== "x64") refuse(`${platform} ${arch}`, 'Use device "cpu"');
  const [major = 0, minor = 0] = (glibc ?? "").split(".").map(Number);
  const isNewEnough = major > MIN_GLIBC[0] || (major === MIN_GLIBC[0] && minor >= MIN_GLIBC[1]);
  if (!isNewEnough)
    refuse(glibc ? `glibc ${glibc}` : "another C library", 'Use device "cpu" or "webgpu"');
}

function thisMachine(): Machine {
  const report = process.report?.getReport() as
    | { readonly header?: { readonly glibcVersionRuntime?: string } }
    | undefined;
  const { platform, arch } = process;
  return { platform, arch, glibc: report?.header?.glibcVersionRuntime };
}
