"""Packs: an analyzer as one file, which the app takes from whoever has it.

For models that do not fit into the app's package. A pack is a zip of the analyzer's
card and of the files that it names, stored as they are, so that the same files give
the same pack. `models/packs.json` lists those that the app takes, by their hashes.
"""

import json
import zipfile
from pathlib import Path
from typing import Any

from photo_interests.analysis.card import load_analyzer
from photo_interests.bundle.card import CARD_NAME, record_file
from photo_interests.files import write_atomically, writing

PACKS = Path(__file__).parents[2] / "models" / "packs.json"
FORMAT = 1
DATE = (1980, 1, 1, 0, 0, 0)
"""Of all files in a pack: the earliest that a zip can say."""


def write_pack(folder: Path, out: Path) -> Path:
    """Write the pack of an installed analyzer.

    Args:
        folder: Folder of the analyzer, of its name.
        out: Folder to write into.

    Returns:
        Path of the pack: name and version of the analyzer.

    Raises:
        CardError: The card is invalid, or a file differs from it.
    """
    card = load_analyzer(folder, folder.name, verify=True)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{card.name}-{card.version}.pack"
    with writing(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        for name in (CARD_NAME, *sorted(card.files)):
            entry = zipfile.ZipInfo(name, DATE)
            archive.writestr(entry, (folder / name).read_bytes())
    return path


def list_pack(path: Path, packs: Path = PACKS) -> None:
    """Put a pack at the end of the list of those that the app takes.

    Args:
        path: A pack.
        packs: The list; another pack of the same name and version leaves it.
    """
    name, version = path.stem.rsplit("-", 1)
    record = record_file(path)
    entry = {"name": name, "version": version}
    others = [
        one for one in read_packs(packs) if entry.items() - one.items()
    ]  # other name or version
    entries = [*others, {**entry, "bytes": record.bytes, "sha256": record.sha256}]
    content = {"format": FORMAT, "packs": entries}
    write_atomically(packs, json.dumps(content, indent=2) + "\n")


def read_packs(packs: Path = PACKS) -> list[dict[str, Any]]:
    """Return name, version, bytes and sha256 of each pack that the app takes.

    Args:
        packs: The list; none where it does not exist.
    """
    if not packs.exists():
        return []
    entries: list[dict[str, Any]] = json.loads(packs.read_text("utf-8"))["packs"]
    return entries
