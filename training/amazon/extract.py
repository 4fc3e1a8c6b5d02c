"""Features of downloaded pictures, by a bundle's own reader, going on after a kill."""

import hashlib
import io
import logging
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from photo_interests.files import write_atomically
from photo_interests.photo_error import PhotoError
from photo_interests.photo_reader import PhotoReader

logger = logging.getLogger(__name__)
CHUNK = 1024
"""Pictures between two checkpoints: some ten seconds' work on 2 cores."""


def extract_pictures(
    pictures: Mapping[str, tuple[Path, str]],
    reader: PhotoReader,
    work: Path,
    chunk: int = CHUNK,
) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Extract the features of pictures, each once however many items share it.

    A checkpoint is named by a hash of the extractor and of the pictures in it, so one
    of other pictures or of another extractor is never taken.

    Args:
        pictures: File and sha256 of each item's picture.
        reader: Decodes and extracts.
        work: Folder of checkpoints, left for the caller to delete.
        chunk: Pictures of a checkpoint.

    Returns:
        uint8 `(dimension,)` of each item, and the reason for each that has none.
    """
    work.mkdir(parents=True, exist_ok=True)
    files = {sha256: path for path, sha256 in pictures.values()}
    wanted = sorted(files)
    extractor = reader.card.files[reader.card.extractor.file].sha256
    found: dict[str, np.ndarray] = {}
    broken: dict[str, str] = {}
    started = time.monotonic()
    for first in range(0, len(wanted), chunk):
        part = wanted[first : first + chunk]
        name = hashlib.sha256("\n".join([extractor, *part]).encode()).hexdigest()
        checkpoint = work / f"{name}.npz"
        if not checkpoint.exists():
            rows, reasons = _read([files[key] for key in part], reader)
            write_atomically(checkpoint, _npz(rows, reasons))
            seconds = time.monotonic() - started
            logger.info("features: %d of %d pictures, %.0f s", first + len(part),
                        len(wanted), seconds)  # fmt: skip
        with np.load(checkpoint) as stored:
            for key, row, reason in zip(
                part, stored["features"], stored["reasons"], strict=True
            ):
                if reason:
                    broken[key] = str(reason)
                else:
                    found[key] = row
    return (
        {i: found[sha] for i, (_, sha) in pictures.items() if sha in found},
        {i: broken[sha] for i, (_, sha) in pictures.items() if sha in broken},
    )


def _read(files: list[Path], reader: PhotoReader) -> tuple[np.ndarray, list[str]]:
    rows = np.zeros((len(files), reader.card.features.dimension), np.uint8)
    reasons = [""] * len(files)
    for index, outcome in reader.read(files):
        if isinstance(outcome, PhotoError):
            reasons[index] = outcome.reason
        else:
            rows[index] = outcome
    return rows, reasons


def _npz(features: np.ndarray, reasons: list[str]) -> bytes:
    content = io.BytesIO()
    np.savez_compressed(content, features=features, reasons=np.array(reasons, str))
    return content.getvalue()
