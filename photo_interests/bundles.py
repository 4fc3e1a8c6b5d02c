"""Where the released bundle is."""

import sys
from pathlib import Path

from photo_interests.card import CARD_NAME

RELEASED = "everyday-178"
FOLDERS = (
    Path(__file__).parent.parent / "models",  # a checkout
    Path(sys.prefix) / "share" / "photo-interests" / "models",  # an installation
)


def find_bundle() -> Path:
    """Folder of the released bundle.

    Raises:
        FileNotFoundError: neither the checkout nor the installation has it.
    """
    for folder in FOLDERS:
        if (folder / RELEASED / CARD_NAME).is_file():
            return folder / RELEASED
    looked = " or ".join(str(folder / RELEASED) for folder in FOLDERS)
    raise FileNotFoundError(
        f"no bundle: expected one at {looked}; name another with --bundle"
    )
