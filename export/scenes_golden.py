"""Golden scenes: features of photos, and what Python's TFLite runtime makes of them."""

import base64
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from photo_interests.analysis.scenes.scene_classifier import SceneClassifier
from photo_interests.bundle.card import load_card

GOLDEN = "golden.json"
DIGITS = 6


def write_scenes_golden(folder: Path, bundle: Path) -> None:
    """Write the golden file: of each photo its features, probabilities and row.

    The photos are those of the golden set of the bundle whose extractor the classifier
    is for.

    Args:
        folder: Folder with the analyzer's card and model.
        bundle: That bundle.
    """
    card = load_card(bundle)
    stored = np.fromfile(bundle / card.golden.set.features, np.uint8)
    classify = SceneClassifier(folder)
    photos = []
    for features in stored.reshape(-1, card.features.dimension):
        row = classify.classify(features)
        photos.append(
            {
                "features": base64.b64encode(features.tobytes()).decode(),
                "probabilities": _rounded(classify.probabilities(features)),
                "row": asdict(row) | {"probabilities": _rounded(row.probabilities)},
            }
        )
    lines = ",\n".join(json.dumps(photo) for photo in photos)
    (folder / GOLDEN).write_text(f'{{"photos": [\n{lines}\n]}}\n')


def _rounded(values: object) -> list[float]:
    return [round(float(value), DIGITS) for value in np.asarray(values)]
