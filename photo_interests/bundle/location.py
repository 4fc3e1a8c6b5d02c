"""Where the released bundles are."""

import os
from os import PathLike
from pathlib import Path

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.card import CARD_NAME

FOLDERS = (
    Path(__file__).parents[1] / "bundles",  # an installation
    Path(__file__).parents[2] / "models",  # a checkout
)


def find_bundle(name: str = DEFAULT_BUNDLE) -> Path:
    """Return the folder of a released bundle.

    Raises:
        FileNotFoundError: Neither the checkout nor the installation has it.
    """
    for folder in FOLDERS:
        if (folder / name / CARD_NAME).is_file():
            return folder / name
    searched = " or ".join(str(folder / name) for folder in FOLDERS)
    raise FileNotFoundError(f"no bundle {name!r}: expected one at {searched}")


def locate_bundle(name_or_path: str | PathLike[str]) -> Path:
    """Return the folder of a bundle given by name or by path.

    Args:
        name_or_path: Name of a released bundle, or a folder. A plain name that is
            both is the released bundle; write `./name` for the folder.

    Raises:
        FileNotFoundError: It is neither.
    """
    path = Path(name_or_path)
    is_name = os.fspath(name_or_path) == path.name
    if is_name:
        try:
            return find_bundle(path.name)
        except FileNotFoundError:
            if not path.is_dir():
                raise
    if not path.is_dir():
        raise FileNotFoundError(f"no bundle: {path} is not a folder")
    return path
