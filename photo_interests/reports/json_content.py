"""What the JSON of all reports has in common."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from photo_interests.photos.photo_error import PhotoError


def accounting(
    skipped: Sequence[PhotoError], excluded: Mapping[str, int]
) -> dict[str, Any]:
    """Return the keys that account for files which were not read.

    Args:
        skipped: Files and folders that could not be read, each with the reason.
        excluded: Number of entries of folders that were not to be read, by kind.
    """
    return {
        "skipped": [
            {"path": str(error.path), "reason": error.reason} for error in skipped
        ],
        "excluded": dict(excluded),
    }


def file_key(path: Path, second: float | None) -> dict[str, Any]:
    """Return the keys that name a photo, or a frame of a video.

    Args:
        path: The file.
        second: When the frame is shown, from the start; None for a photo.
    """
    keys: dict[str, Any] = {"path": str(path)}
    return keys if second is None else keys | {"second": round(second, 1)}


def encode_json(content: Mapping[str, Any]) -> bytes:
    """Return indented UTF-8 JSON with a line break at its end."""
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    # What UTF-8 cannot hold becomes an escape, which JSON spells the same way.
    return text.encode("utf-8", "backslashreplace")
