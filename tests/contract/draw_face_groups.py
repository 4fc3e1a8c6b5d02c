"""Writes how Python groups drawn numbers of faces.

`python -m tests.contract.draw_face_groups`. The numbers are of no face: 128 bytes each,
of people whose faces are more or less alike. Every implementation finds the same groups
in whichever order they come.
"""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.analysis.identity.groups import group

GOLDEN = Path(__file__).with_name("face_groups.json")
THRESHOLDS = {"radius": 0.35, "distance": 0.4}
WIDTH = 128
SCALE = 1 / 256
"""A byte is so much of an embedding."""
FACES_OF_PEOPLE = (40, 25, 15, 10, 8, 6, 5, 4, 3, 3, 2, 2, 2) + (1,) * 25
SEED = 3


def embeddings_of(golden: dict[str, Any]) -> np.ndarray:
    """The drawn numbers, float32 `(faces, 128)`."""
    values = np.frombuffer(base64.b64decode(golden["faces"]), np.int8)
    return values.reshape(-1, WIDTH).astype(np.float32) * SCALE


def orders(faces: int) -> dict[str, np.ndarray]:
    """In which the faces may come: their rows."""
    rows = np.arange(faces)
    return {
        "person after person": rows,
        "backwards": rows[::-1],
        "shuffled": np.random.default_rng(SEED).permutation(faces),
    }


def draw() -> dict[str, Any]:
    """Draw faces, person after person, and group them."""
    random = np.random.default_rng(SEED)
    faces = []
    for number in FACES_OF_PEOPLE:
        middle = random.normal(0, 0.7 / WIDTH**0.5, WIDTH)
        apart = random.uniform(0.2, 0.42)
        noise = random.normal(0, apart / (2 * WIDTH) ** 0.5, (number, WIDTH))
        faces.append(np.clip(np.rint((middle + noise) / SCALE), -128, 127))
    values = np.concatenate(faces).astype(np.int8)
    golden: dict[str, Any] = {
        "thresholds": THRESHOLDS,
        "scale": SCALE,
        "faces": base64.b64encode(values.tobytes()).decode(),
    }
    golden["groups"] = group(embeddings_of(golden), THRESHOLDS).tolist()
    return golden


def main() -> None:
    """Write the golden file."""
    GOLDEN.write_text(json.dumps(draw()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
