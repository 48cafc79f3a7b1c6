/** A file that is fetched, checked and taken libraries out of. */
export interface CudaPackage {
  readonly name: string;
  readonly version: string;
  /** Below the source, with the publisher's own hash in it. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly licence: string;
}

export interface CudaRelease {
  /** Of ONNX Runtime: its provider libraries fit this very version only. */
  readonly onnxruntime: string;
  readonly cuda: string;
  readonly cudnn: string;
  /** Oldest driver for Linux that runs this CUDA. */
  readonly driver: string;
  /** What the libraries take on disk. */
  readonly unpackedBytes: number;
  readonly packages: readonly CudaPackage[];
}

/** Where PyPI keeps its files. A mirror may stand in its place (`MULAN_CUDA_SOURCE`): the hashes decide. */
export const PYPI_FILES = "https://files.pythonhosted.org";

/** Where the licences of NVIDIA's libraries can be read. */
export const NVIDIA_LICENCES: readonly string[] = [
  "https://docs.nvidia.com/cuda/eula/",
  "https://docs.nvidia.com/deeplearning/cudnn/latest/reference/eula.html",
];

const NVIDIA = "NVIDIA CUDA Toolkit EULA (proprietary)";
const CUDNN = "NVIDIA cuDNN licence (proprietary)";

/**
 * ONNX Runtime's CUDA provider as its makers publish it on PyPI, and the NVIDIA libraries that this package names as
 * its requirements. onnxruntime-node's own script would fetch the provider from NuGet, which publishes no sha256.
 */
export const CUDA_RELEASE: CudaRelease = {
  onnxruntime: "1.30.0",
  cuda: "13.5",
  cudnn: "9.28.1",
  driver: "580",
  unpackedBytes: 2_520_000_000,
  packages: [
    {
      name: "onnxruntime-gpu",
      version: "1.30.0",
      path: "/packages/ea/71/b225bd559a718f6cefb058d4f4c4c95e556543f47d4be0e81819681ac347/onnxruntime_gpu-1.30.0-cp311-cp311-manylinux_2_28_x86_64.whl",
      bytes: 246_658_419,
      sha256: "4fbf0c5d7b5fb99266c2e8a802e3e64af68bdc383e0f3c7349b985f1087eedaa",
      licence: "MIT",
    },
    {
      name: "nvidia-cuda-runtime",
      version: "13.5.37",
      path: "/packages/0b/7c/14b8f5518f8951e9dca57ea80f44f8ea8bcc8671812e6cc38009f3205e57/nvidia_cuda_runtime-13.5.37-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
      bytes: 2_504_024,
      sha256: "df2b79a8852f10d1fef8c848489c49eebb5754051bf870202a862831412b179d",
      licence: NVIDIA,
    },
    {
      name: "nvidia-cuda-nvrtc",
      version: "13.5.37",
      path: "/packages/a9/54/db4e7f650746265f61c05cf1f8f556dd8c6739b58c823fbc9a7d6fda3247/nvidia_cuda_nvrtc-13.5.37-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
      bytes: 58_185_930,
      sha256: "86b4d68058807988b7d9af5b44917a0601e9c337f35ccd657bfb3c759ff8d8bc",
      licence: NVIDIA,
    },
    {
      name: "nvidia-nvjitlink",
      version: "13.5.37",
      path: "/packages/cc/1f/2321702b8d60b4b4dd18b957f61612dbac9cb1c07e940cf6582106b7c8b8/nvidia_nvjitlink-13.5.37-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl",
      bytes: 46_642_491,
      sha256: "280d7cb9649704145f074b8dbde500de04ce02d0872e066e20a83c17bcaa93eb",
      licence: NVIDIA,
    },
    {
      name: "nvidia-cublas",
      version: "13.10.0.20",
      path: "/packages/b4/12/16628161ed8c109c8c73b38167df50cbc630a8a6e6548e2534d461526c3c/nvidia_cublas-13.10.0.20-py3-none-manylinux1_x86_64.manylinux_2_5_x86_64.whl",
      bytes: 444_289_903,
      sha256: "dcc6d63884c53d07e267ce7e6feac17b2538cebaafec5db865736c3e28e4dc84",
      licence: NVIDIA,
    },
    {
      name: "nvidia-cufft",
      version: "12.5.0.14",
      path: "/packages/c6/8f/f909edaadf9a7acf1b92f805a384b6984193bd595b45005f8e320d4170cf/nvidia_cufft-12.5.0.14-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
      bytes: 165_072_555,
      sha256: "b8be26837a5abad2b5b74f3e92dd29f622a42934b355be0961a48712cbba23ad",
      licence: NVIDIA,
    },
    {
      name: "nvidia-curand",
      version: "10.4.5.25",
      path: "/packages/12/63/636e5dc9afb2959bfc0042a357d5567358df829b66c96d9fc36d77dc0596/nvidia_curand-10.4.5.25-py3-none-manylinux_2_27_x86_64.whl",
      bytes: 77_113_015,
      sha256: "22bb226a857e5888fe6b54ae465fc4371296bcff13a35f79e19691bcf454f529",
      licence: NVIDIA,
    },
    {
      name: "nvidia-cudnn-cu13",
      version: "9.28.1.4",
      path: "/packages/ef/6f/94535c450d44a68ef0b43d7a5e54c0e5ecda2ca3db7daec5d54c8d94e0d8/nvidia_cudnn_cu13-9.28.1.4-py3-none-manylinux_2_27_x86_64.whl",
      bytes: 516_817_937,
      sha256: "a54f205b1db1f2895d99f398754db1369816f0569dd459731f925635cf7b65ec",
      licence: CUDNN,
    },
  ],
};

export function downloadBytes({ packages }: Pick<CudaRelease, "packages">): number {
  return packages.reduce((sum, { bytes }) => sum + bytes, 0);
}

export function fileName({ path }: Pick<CudaPackage, "path">): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
