"""Networks of iNaturalist's species (2017) as the packs of birds and of insects.

The files are TFLite of 8-bit numbers already; they are taken as they are.
"""

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from export.third_party.detector import MODEL, sources_of
from export.third_party.lock import LockedFile
from photo_interests.analysis.card import (
    AnalyzerCard,
    Label,
    PixelInput,
    write_analyzer,
)
from photo_interests.analysis.species.species_classifier import BACKGROUND
from photo_interests.bundle.card import record_file
from training.csv_rows import read_csv_rows

VERSION = "1.0.0"
GERMAN = Path(__file__).with_name("german_species.csv")
SIDE = 224
AROUND = (128, 128, 128)
ESCAPE = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})")
TOLERANCES = {"score": 0.03}
"""Of a probability, between runtimes on the same pixels: some steps of 1/256."""
TRAINING_DATA = "iNaturalist 2017 (photos of naturalists, most CC BY-NC)."


def build_pack(
    name: str,
    files: dict[str, Path],
    locked: tuple[LockedFile, ...],
    out: Path,
    thresholds: dict[str, float],
    gate: Sequence[str] = (),
) -> None:
    """Write a pack of species into a folder.

    Args:
        name: Name of the analyzer.
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
        thresholds: Of the card.
        gate: Kinds of photos on which it runs.
    """
    (model,) = (path for key, path in files.items() if key.endswith(".tflite"))
    (labels,) = (path for key, path in files.items() if key.endswith(".txt"))
    shutil.copyfile(model, out / MODEL)
    card = AnalyzerCard(
        name=name,
        version=VERSION,
        license=locked[0].license,
        input=PixelInput(side=SIDE, background=AROUND),
        model=MODEL,
        labels=read_species(labels.read_text("utf-8").splitlines()),
        groups=(),
        gate=tuple(gate),
        thresholds=thresholds,
        tolerances=TOLERANCES,
        training_data=TRAINING_DATA,
        sources=sources_of(locked),
        files={MODEL: record_file(out / MODEL)},
    )
    write_analyzer(card, out)


def read_species(lines: Sequence[str]) -> tuple[Label, ...]:
    """Return the labels of lines such as "Cyanocitta cristata (Blue Jay)".

    A species without an English name is called by the scientific one, and so is in
    German one that `german_species.csv` lacks.
    """
    german = {row["scientific"]: row["de"] for row in read_csv_rows(GERMAN)}
    labels = []
    for line in lines:
        plain = ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), line)
        scientific, _, common = plain.strip().partition(" (")
        names = {"en": common.removesuffix(")") or scientific}
        names["de"] = german.get(scientific, scientific)
        label = BACKGROUND if scientific == BACKGROUND else _identifier(scientific)
        labels.append(Label(id=label, names=names, phrases=names))
    return tuple(labels)


def _identifier(scientific: str) -> str:
    return re.sub(r"[^a-z]+", "_", scientific.lower())
