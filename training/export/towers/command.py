"""What all exporters' command lines share."""
from __future__ import annotations

import argparse
from pathlib import Path

from .precision import PRECISIONS


def parser(description: str | None) -> argparse.ArgumentParser:
    command = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    command.add_argument("checkpoint", type=Path, help="what to export")
    command.add_argument("out", type=Path, help="folder to write; files in it are replaced")
    command.add_argument("--precision", action="append", choices=PRECISIONS, default=[], help="a smaller variant beside fp32; may be repeated")
    return command


def report(out: Path, parity: dict[str, float]) -> None:
    for tower, cosine in parity.items():
        print(f"{tower}: least cosine with PyTorch {cosine:.7f}")
    print(f"wrote {out}: load({str(out)!r}) in a cell, or mulan models check {out}")
