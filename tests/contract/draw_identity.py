"""Writes what Python's network of identities makes of drawn faces.

`python -m tests.contract.draw_identity`, with the analyzer installed
(`python -m export third-party identity`). Each face comes with its points in pixels of
the picture, with the hash of its pixels when it is aligned by these, and its numbers.
Runtimes differ in the last bits of the points, and so in single aligned pixels.
"""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np

from photo_interests.analysis.detector import Detector
from photo_interests.analysis.identity.face_aligner import NAME
from photo_interests.analysis.identity.face_embedder import FaceEmbedder
from photo_interests.analysis.location import cache_folder
from tests.contract.draw_detections import open_picture, sides

GOLDEN = Path(__file__).with_name("identity.json")
PICTURES = ("face", "face_and_clock", "clock_above_face", "three_faces", "wall")


def points_of(folder: Path, picture: str) -> list[list[float]]:
    """Across and down of the five points of each face of a picture, in its pixels."""
    detect = Detector(folder, NAME)
    photo = open_picture(picture)
    outputs, fitted = detect.run(photo)
    square = np.array([fitted.width, fitted.height], np.float32)
    size = np.array(photo.image.size, np.float32)
    found = detect.keep(outputs, fitted)
    return [
        (outputs["points"][row] / square * size).ravel().tolist() for row, _ in found
    ]


def faces(embed: FaceEmbedder, picture: str) -> list[dict[str, object]]:
    """Box, hash of the aligned pixels, and numbers of each face of a picture."""
    return [
        {
            "box": sides(one.box),
            "sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
            "embedding": base64.b64encode(
                embed.embed(pixels).astype("<f2").tobytes()
            ).decode(),
        }
        for one, pixels in embed.align(open_picture(picture))
    ]


def numbers(face: dict[str, str]) -> np.ndarray:
    """The numbers of a face of the golden file."""
    return np.frombuffer(base64.b64decode(face["embedding"]), "<f2").astype(np.float32)


def main() -> None:
    """Write the golden file."""
    folder = cache_folder() / NAME
    embed = FaceEmbedder(folder)
    golden = {
        picture: [
            face | {"points": points}
            for face, points in zip(
                faces(embed, picture), points_of(folder, picture), strict=True
            )
        ]
        for picture in PICTURES
    }
    GOLDEN.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
