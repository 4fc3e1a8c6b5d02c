"""How well text is read: drawn receipts, whose words are known, and the gate."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from export.third_party.drawn_text import FONTS, draw_lines
from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.text.text_reader import NAME, TextReader
from training.experiments.analyzers.drawn_text import RECEIPT
from training.experiments.analyzers.texts import gate_probability
from training.galleries.photos import load_everyday_photos
from training.metrics.bootstrap import Bootstrap

SIZES = (10, 12, 16, 28)
ANGLES = (0.0, 4.0, -9.0)
WITH_TEXT = {"document", "screenshot", "meme"}
GATE_STEPS = (0.05, 0.1, 0.2, 0.4)
REAL = 12
"""Real receipts that are read: no transcript of them is at hand."""


def measure(folder: Path, bundle: Path, data: Path) -> dict[str, Any]:
    """Measure words read and characters wrong, and what the gate lets through.

    Args:
        folder: Folder of the analyzer of text.
        bundle: Bundle whose kinds the gate reads.
        data: Folder of the photo sets.
    """
    reader = TextReader(folder)
    drawn = {
        f"{size} px, {angle:g} degrees, {font}": draw_lines(
            RECEIPT, size, 23 * size, angle, font
        )
        for size in SIZES
        for angle in ANGLES
        for font in FONTS
    }
    read = {name: _read(reader, image) for name, image in drawn.items()}
    wanted = "\n".join(RECEIPT)
    receipts = sorted((data / "everyday" / "photos" / "receipts").glob("*.jpg"))[:REAL]
    real = [reader.read(Image.open(path).convert("RGB")) for path in receipts]
    return {
        "drawn": {
            str(size): {
                "words_read": float(np.mean([words_read(wanted, t) for t in texts])),
                "character_error": float(
                    np.mean([character_error(wanted, t) for t in texts])
                ),
                "pictures": len(texts),
            }
            for size in SIZES
            for texts in [[t for n, t in read.items() if n.startswith(f"{size} px")]]
        },
        "receipts": {
            "photos": len(real),
            "lines": float(np.mean([len(lines) for lines in real])),
            "mean_score": float(np.mean([one.score for row in real for one in row])),
            "above_0.9": float(
                np.mean([one.score >= 0.9 for row in real for one in row])
            ),
        },
        "gate": measure_gate(folder, bundle),
    }


def measure_gate(folder: Path, bundle: Path) -> dict[str, Any]:
    """Measure on how many everyday photos the gate opens, by what they show.

    Args:
        folder: Folder of the analyzer of text.
        bundle: Bundle whose kinds the gate reads.
    """
    card = load_analyzer(folder, NAME)
    photos = load_everyday_photos()
    likely = gate_probability(photos, bundle, card)
    shown = np.array([bool(WITH_TEXT & set(one)) for one in photos.labels])
    opened = likely >= card.thresholds["gate"]
    groups = {
        f"{source}, {label}": (photos.sources == source) & photos.has(label)
        for label in sorted(WITH_TEXT)
        for source in sorted(set(photos.sources[photos.has(label)]))
    } | {"all others": ~shown}
    return {
        name: {"photos": int(rows.sum()), **asdict(Bootstrap(int(rows.sum())).mean(
            opened[rows].astype(float)
        ))}
        for name, rows in groups.items()
    } | {
        "by_threshold": {
            str(step): {
                "with text": float((likely[shown] >= step).mean()),
                "others": float((likely[~shown] >= step).mean()),
            }
            for step in GATE_STEPS
        }
    }  # fmt: skip


def words_read(wanted: str, received: str) -> float:
    """Return the share of the words of a text that were read without an error."""
    words = Counter(wanted.split())
    found = words & Counter(received.split())
    return found.total() / words.total()


def character_error(wanted: str, received: str) -> float:
    """Return the edit distance of two texts in characters of the wanted one."""
    distances = np.arange(len(received) + 1)
    letters = np.array(list(received), dtype="U1")
    for row, letter in enumerate(wanted, start=1):
        changed = np.minimum(distances[:-1] + (letters != letter), distances[1:] + 1)
        # An insertion may follow any of these: a running minimum of cost - column.
        first = np.concatenate([[row], changed]) - np.arange(len(received) + 1)
        distances = np.minimum.accumulate(first) + np.arange(len(received) + 1)
    return float(distances[-1]) / max(1, len(wanted))


def _read(reader: TextReader, image: Image.Image) -> str:
    return "\n".join(line.text for line in reader.read(image))
