"""Where the released bundle is."""

import sys
from pathlib import Path

from photo_interests.bundle.card import CARD_NAME

RELEASED = "everyday-1105"
FOLDERS = (
    Path(__file__).parents[2] / "models",  # a checkout
    Path(sys.prefix) / "share" / "photo-interests" / "models",  # an installation
)


def find_bundle(name: str = RELEASED) -> Path:
    """Folder of a released bundle: the default one, or another by its name.

    Raises:
        FileNotFoundError: neither the checkout nor the installation has it.
    """
    for folder in FOLDERS:
        if (folder / name / CARD_NAME).is_file():
            return folder / name
    looked = " or ".join(str(folder / name) for folder in FOLDERS)
    raise FileNotFoundError(
        f"no bundle: expected one at {looked}; name another with --bundle"
    )
