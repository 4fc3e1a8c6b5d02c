"""The pack of insects: 1,021 kinds, where the classifier of photos sees an insect."""

from pathlib import Path

from export.third_party.lock import LockedFile
from export.third_party.species import build_pack
from photo_interests.analysis.species.insects import NAME

THRESHOLDS = {"gate": 0.5, "score": 0.5}
CALTECH = ("ant", "butterfly", "dragonfly", "mayfly")
IMAGENET = (
    "tiger_beetle", "ladybug", "ground_beetle", "long_horned_beetle", "leaf_beetle",
    "dung_beetle", "rhinoceros_beetle", "weevil", "fly", "bee", "grasshopper",
    "cricket", "walking_stick", "cockroach", "mantis", "cicada", "leafhopper",
    "lacewing", "damselfly", "admiral", "ringlet", "monarch", "cabbage_butterfly",
    "sulphur_butterfly", "lycaenid",
)  # fmt: skip
GATE = (
    *(f"caltech.{name}" for name in CALTECH),
    *(f"imagenet.{name}" for name in IMAGENET),
)
"""Kinds of insects; spiders and snails are of other networks."""


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of insects into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    build_pack(NAME, files, locked, out, THRESHOLDS, GATE)
