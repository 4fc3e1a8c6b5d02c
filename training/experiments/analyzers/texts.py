"""What is written on the everyday photos, and the interests that it names."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from photo_interests.analysis.card import AnalyzerCard, load_analyzer
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.text.text_interests import MINIMUM_SCORE, InterestWords
from photo_interests.analysis.text.text_reader import NAME, TextReader
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.files import write_atomically
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.decode import decode
from training.experiments.analyzers.detections import StoredFeatures, installed
from training.experiments.analyzers.photo_labels import classify
from training.galleries.photos import EverydayPhotos
from training.interests.extract import everyday_rows

Line = tuple[str, float]


def read_texts(
    photos: EverydayPhotos, bundle: Path, data: Path, cache: Path
) -> list[list[Line]]:
    """Read the photos that the gate lets through, or what was read from the cache.

    Args:
        photos: The everyday photos.
        bundle: Bundle whose kinds the gate reads.
        data: Folder of the photo sets.
        cache: Folder that keeps what was read.

    Returns:
        Text and score of each line of each photo.

    Raises:
        FileNotFoundError: The analyzer of text is not installed.
    """
    card = load_analyzer(installed(NAME), NAME)
    kept = cache / f"texts-{card.version}.json"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        opened = gate_probability(photos, bundle, card) >= card.thresholds["gate"]
        rows = list(_read(opened, data))
        write_atomically(kept, json.dumps(rows, ensure_ascii=False) + "\n")
    rows = json.loads(kept.read_text("utf-8"))
    return [[(text, score) for text, score in lines] for lines in rows]


def gate_probability(
    photos: EverydayPhotos, bundle: Path, card: AnalyzerCard
) -> np.ndarray:
    """Return how likely each photo is of a kind that has text: float `(photos,)`.

    Args:
        photos: The everyday photos.
        bundle: Bundle whose kinds the gate reads.
        card: Card of the analyzer of text.
    """
    model = InterestModel(bundle)
    _, kinds = classify(model, photos.features)
    ids = [kind.id for kind in model.card.kinds]
    likely: np.ndarray = kinds[:, [ids.index(kind) for kind in card.gate]].sum(axis=1)
    return likely


def named(
    lines: list[list[Line]], words: InterestWords, index: Mapping[str, int]
) -> np.ndarray:
    """Return the interests that the text of each photo names.

    Args:
        lines: Of each photo; a line of a low score names none, as in `describe`.
        words: Words that name interests.
        index: Number of each interest, by its id.

    Returns:
        1 where a photo names an interest, float32 `(photos, interests)`.
    """
    evidence = np.zeros((len(lines), len(index)), np.float32)
    for row, own in enumerate(lines):
        text = "\n".join(text for text, score in own if score >= MINIMUM_SCORE)
        for interest in words(text):
            evidence[row, index[interest]] = 1
    return evidence


def _read(opened: np.ndarray, data: Path) -> Iterator[list[Line]]:
    reader = TextReader(installed(NAME))
    rows = everyday_rows(data, "labels.csv")
    for row, is_read in zip(rows, opened, strict=True):
        if not is_read:
            yield []
            continue
        path = data / "everyday" / "photos" / row["photo"]
        photo = DecodedPhoto(path, decode(path, INPUT_RULE).image, StoredFeatures())
        yield [(line.text, line.score) for line in reader.read(photo.image)]
