"""musicnn (Pons et al.) rebuilt in PyTorch for inference, from its TensorFlow 1 variables.

Two details decide parity: TensorFlow pads an even "same" kernel with (k-1)//2 before and k//2
after, and flattening the stacked pools interleaves max and mean per channel.

"max over frequency of batch-norm(relu(conv))" is computed as one convolution and one max: the
batch-norm is affine per channel, so a channel whose scale is negative needs the minimum instead,
which is the maximum of the negated convolution.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .tf_checkpoint import read_checkpoint

BATCH_NORM_EPS = 1e-3

MTT_TAGS = [
    "guitar", "classical", "slow", "techno", "strings", "drums", "electronic", "rock", "fast", "piano",
    "ambient", "beat", "violin", "vocal", "synth", "female", "indian", "opera", "male", "singing",
    "vocals", "no vocals", "harpsichord", "loud", "quiet", "flute", "woman", "male vocal", "no vocal", "pop",
    "soft", "sitar", "solo", "man", "classic", "choir", "voice", "new age", "dance", "male voice",
    "female vocal", "beats", "harp", "cello", "no voice", "weird", "country", "metal", "female voice", "choral",
]
MSD_TAGS = [
    "rock", "pop", "alternative", "indie", "electronic", "female vocalists", "dance", "00s",
    "alternative rock", "jazz", "beautiful", "metal", "chillout", "male vocalists", "classic rock", "soul",
    "indie rock", "Mellow", "electronica", "80s", "folk", "90s", "chill", "instrumental", "punk", "oldies",
    "blues", "hard rock", "ambient", "acoustic", "experimental", "female vocalist", "guitar", "Hip-Hop",
    "70s", "party", "country", "easy listening", "sexy", "catchy", "funk", "electro", "heavy metal",
    "Progressive rock", "60s", "rnb", "indie pop", "sad", "House", "happy",
]


def _affine(variables: dict[str, np.ndarray], index: int) -> tuple[Tensor, Tensor]:
    """Scale and shift of the `index`-th batch-norm, as inference applies it."""
    name = "batch_normalization" + (f"_{index}" if index else "")
    part = {key: torch.from_numpy(variables[f"{name}/{key}"].copy()).double()
            for key in ("gamma", "beta", "moving_mean", "moving_variance")}
    scale = part["gamma"] / torch.sqrt(part["moving_variance"] + BATCH_NORM_EPS)
    return scale.float(), (part["beta"] - part["moving_mean"] * scale).float()


def _kernel(variables: dict[str, np.ndarray], name: str) -> tuple[Tensor, Tensor]:
    """Convolution weights, TensorFlow's [h, w, in, out] as PyTorch's [out, in, h, w], and the bias."""
    kernel = torch.from_numpy(variables[f"{name}/kernel"].copy()).permute(3, 2, 0, 1).contiguous()
    return kernel, torch.from_numpy(variables[f"{name}/bias"].copy())


class PeakOverFrequency(nn.Module):
    """[batch, 1, frames, mels] to [batch, channels, frames]: conv, relu, batch-norm, max over mels."""

    def __init__(self, kernel: Tensor, bias: Tensor, scale: Tensor, shift: Tensor, pad: tuple[int, int]):
        super().__init__()
        sign = torch.where(scale < 0, -1.0, 1.0)
        self.pad = pad
        self.register_buffer("kernel", kernel * sign[:, None, None, None])
        self.register_buffer("bias", bias * sign)
        self.register_buffer("sign", sign[:, None])
        self.register_buffer("scale", scale[:, None])
        self.register_buffer("shift", shift[:, None])

    def forward(self, x: Tensor) -> Tensor:
        x = F.conv2d(F.pad(x, (0, 0, *self.pad)), self.kernel, self.bias)
        peak = x.amax(dim=3)
        return F.relu(peak * self.sign) * self.scale + self.shift


class TimeConv(nn.Module):
    """[batch, channels, frames] to [batch, 64, frames]: conv of 7 frames, relu, batch-norm.

    Silent channels fill up the input to a multiple of 4: ONNX Runtime's WebGPU provider (1.30) computes a convolution
    over 561 channels wrongly and one over 564 rightly.
    """

    def __init__(self, kernel: Tensor, bias: Tensor, scale: Tensor, shift: Tensor):
        super().__init__()
        kernel = kernel[:, 0].transpose(1, 2)
        self.silent = -kernel.shape[1] % 4
        self.register_buffer("kernel", F.pad(kernel, (0, 0, 0, self.silent)).contiguous())
        self.register_buffer("bias", bias)
        self.register_buffer("scale", scale[:, None])
        self.register_buffer("shift", shift[:, None])

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(F.conv1d(F.pad(x, (3, 3, 0, self.silent)), self.kernel, self.bias)) * self.scale + self.shift


class Musicnn(nn.Module):
    """Log-mel [batch, frames, 96] to pooled features [batch, 1506], penultimate [batch, 200], logits [batch, 50]."""

    def __init__(self, folder: Path):
        super().__init__()
        v = read_checkpoint(folder)
        self.input_scale, self.input_shift = (float(part) for part in _affine(v, 0))
        fronts = []
        for index, name in enumerate(["conv2d", "conv2d_1", "conv2d_2", "conv2d_3", "conv2d_4"]):
            kernel, bias = _kernel(v, name)
            height = kernel.shape[2]
            pad = (3, 3) if height == 7 else ((height - 1) // 2, height // 2)
            fronts.append(PeakOverFrequency(kernel, bias, *_affine(v, index + 1), pad))
        self.fronts = nn.ModuleList(fronts)
        self.mids = nn.ModuleList(
            TimeConv(*_kernel(v, f"conv2d_{index}"), *_affine(v, index + 1)) for index in (5, 6, 7)
        )
        pool_scale, pool_shift = _affine(v, 9)
        dense_scale, dense_shift = _affine(v, 10)
        for name, value in {
            "pool_scale": pool_scale, "pool_shift": pool_shift,
            "dense_scale": dense_scale, "dense_shift": dense_shift,
            "dense_weight": torch.from_numpy(v["dense/kernel"].T.copy()),
            "dense_bias": torch.from_numpy(v["dense/bias"].copy()),
            "logit_weight": torch.from_numpy(v["dense_1/kernel"].T.copy()),
            "logit_bias": torch.from_numpy(v["dense_1/bias"].copy()),
        }.items():
            self.register_buffer(name, value)

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = (mel * self.input_scale + self.input_shift).unsqueeze(1)
        front = torch.cat([block(x) for block in self.fronts], dim=1)
        first = self.mids[0](front)
        second = self.mids[1](first) + first
        third = self.mids[2](second) + second
        maps = torch.cat([front, first, second, third], dim=1)
        pooled = torch.stack([maps.amax(dim=2), maps.mean(dim=2)], dim=2).flatten(1)
        pooled = pooled * self.pool_scale + self.pool_shift
        dense = F.relu(F.linear(pooled, self.dense_weight, self.dense_bias)) * self.dense_scale + self.dense_shift
        return pooled, dense, F.linear(dense, self.logit_weight, self.logit_bias)


class Vgg(nn.Module):
    """MTT_vgg, the judge: log-mel [batch, 187, 96] to logits [batch, 50]. Never used in training."""

    def __init__(self, folder: Path):
        super().__init__()
        v = read_checkpoint(folder)
        self.input_scale, self.input_shift = (float(part) for part in _affine(v, 0))
        self.layers = []
        for index in range(1, 6):
            kernel, bias = _kernel(v, f"{index}CNN")
            scale, shift = _affine(v, index)
            self.layers.append((kernel, bias, scale[:, None, None], shift[:, None, None]))
        self.weight = torch.from_numpy(v["dense/kernel"].T.copy())
        self.bias = torch.from_numpy(v["dense/bias"].copy())

    def forward(self, mel: Tensor) -> Tensor:
        x = (mel * self.input_scale + self.input_shift).unsqueeze(1)
        windows = [((4, 1), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((2, 2), (2, 2)), ((4, 4), (4, 4))]
        for (kernel, bias, scale, shift), (size, stride) in zip(self.layers, windows):
            x = F.relu(F.conv2d(x, kernel, bias, padding=1)) * scale + shift
            x = F.max_pool2d(x, size, stride)
        return F.linear(x.permute(0, 2, 3, 1).flatten(1), self.weight, self.bias)
