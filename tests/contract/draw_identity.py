"""Writes what Python's network of identities makes of drawn faces.

`python -m tests.contract.draw_identity`, with the analyzer installed
(`python -m export third-party identity`). Each face comes with the hash of its aligned
pixels and its numbers.
"""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np

from photo_interests.analysis.identity.face_embedder import FaceEmbedder
from photo_interests.analysis.location import cache_folder
from tests.contract.draw_detections import open_picture, sides

GOLDEN = Path(__file__).with_name("identity.json")
PICTURES = ("face", "face_and_clock", "clock_above_face", "three_faces", "wall")


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
    embed = FaceEmbedder(cache_folder() / "identity")
    golden = {picture: faces(embed, picture) for picture in PICTURES}
    GOLDEN.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
