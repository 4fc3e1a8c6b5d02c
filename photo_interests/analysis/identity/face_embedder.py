"""Numbers of each face that are near each other for photos of one person."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.identity.alignment import SIDE
from photo_interests.analysis.identity.face_aligner import FaceAligner
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import EmbeddedFace
from photo_interests.bundle.card import CardError
from photo_interests.models.runtime import open_interpreter

EMBEDDER = "embedder.tflite"
WIDTH = 128
Floats = NDArray[np.float32]


class FaceEmbedder:
    """Finds faces and computes the numbers of each.

    Attributes:
        align: Finds the faces, and cuts them out.
    """

    def __init__(self, folder: Path) -> None:
        """Load both models and compare them with the card.

        Args:
            folder: Folder of the card and the models.

        Raises:
            CardError: The card is invalid, or a model differs from it.
        """
        self.align = FaceAligner(folder)
        path = folder / EMBEDDER
        self._interpreter = open_interpreter(path)
        self._run: Any = self._interpreter.get_signature_runner()
        received = {
            name: tuple(int(size) for size in details["shape"])
            for name, details in (
                *self._run.get_input_details().items(),
                *self._run.get_output_details().items(),
            )
        }
        expected = {"face": (1, SIDE, SIDE, 3), "embedding": (1, WIDTH)}
        if received != expected:
            raise CardError(f"{path}: expected {expected}, received {received}")

    def __call__(self, photo: DecodedPhoto) -> tuple[EmbeddedFace, ...]:
        """Embed the faces of a photo that are large enough, best score first.

        Raises:
            PhotoError: The photo's file cannot be decoded any more.
        """
        return tuple(
            EmbeddedFace(one.score, one.box, self.embed(pixels))
            for one, pixels in self.align(photo)
        )

    def embed(self, face: NDArray[np.uint8]) -> Floats:
        """Return the numbers of an aligned face, `(128,)`.

        Args:
            face: RGB bytes `(150, 150, 3)`.
        """
        found: Floats = self._run(face=face[None])["embedding"]
        return found[0].copy()
