"""YuNet's points and dlib's network as the analyzer that tells people apart."""

import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from export.convert import convert_function
from export.third_party import dlib_network
from export.third_party.detector import (
    BACKGROUND,
    SIDE,
    TOLERANCES,
    sources_of,
    write_detector,
)
from export.third_party.faces import FACE, THRESHOLDS, face_detector
from export.third_party.lock import LockedFile
from export.third_party.tensorflow_js import read_weights
from photo_interests.analysis.card import AnalyzerCard, PixelInput, write_analyzer
from photo_interests.analysis.identity.alignment import SIDE as FACE_SIDE
from photo_interests.analysis.identity.face_aligner import NAME, FaceAligner
from photo_interests.analysis.identity.face_embedder import EMBEDDER
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.card import record_file
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode

VERSION = "1.0.0"
DETECTOR = "detector.tflite"
NETWORK = "package/model/face_recognition_model"
SAMPLES = "package/demo/sample"
IDENTITY = {"eye_distance_px": 20.0, "radius": 0.35, "distance": 0.4}
EMBEDDING_TOLERANCE = 0.05
"""Length of the difference, between runtimes on the same pixels."""


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of identities into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    (yunet,) = (path for name, path in files.items() if name.endswith(".onnx"))
    (package,) = (path for name, path in files.items() if name.endswith(".tgz"))
    write_detector(face_detector(yunet, points=True), out / DETECTOR)
    card = AnalyzerCard(
        name=NAME,
        version=VERSION,
        license="Apache-2.0 and CC0-1.0",
        input=PixelInput(side=SIDE, background=BACKGROUND),
        model=DETECTOR,
        labels=(FACE,),
        groups=(),
        thresholds=THRESHOLDS | IDENTITY,
        tolerances=TOLERANCES | {"embedding": EMBEDDING_TOLERANCE},
        training_data="WIDER FACE, FaceScrub, VGG Face and photos of the web (for "
        "research; nobody on them was asked).",
        sources=sources_of(locked),
        files={DETECTOR: record_file(out / DETECTOR)},
    )
    write_analyzer(card, out)
    write_embedder(package, out / EMBEDDER, _aligned_samples(package, out))
    records = {name: record_file(out / name) for name in (DETECTOR, EMBEDDER)}
    write_analyzer(card.model_copy(update={"files": records}), out)


def write_embedder(package: Path, path: Path, samples: list[np.ndarray] | None) -> None:
    """Convert the network.

    Args:
        package: The locked package.
        path: File to write.
        samples: Aligned faces that set the ranges of int8; float16 weights if None.
    """
    with tarfile.open(package) as archive:
        manifest = _content(archive, f"{NETWORK}-weights_manifest.json")
        weights = read_weights(manifest, _content(archive, f"{NETWORK}.bin"))
    network = dlib_network.build(weights)

    def serve(face: Any) -> dict[str, Any]:
        return {"embedding": network(tf.cast(face, tf.float32))}

    def examples() -> Iterator[list[np.ndarray]]:
        return ([sample[None]] for sample in samples or ())

    face = tf.TensorSpec((1, FACE_SIDE, FACE_SIDE, 3), tf.uint8, "face")
    ranges = None if samples is None else examples
    path.write_bytes(convert_function(serve, face, path.name, ranges).content)


def _aligned_samples(package: Path, folder: Path) -> list[np.ndarray]:
    """The faces on the pictures that the package shows: they set int8's ranges."""
    align = FaceAligner(folder)
    faces = []
    with tarfile.open(package) as archive, tempfile.TemporaryDirectory() as pictures:
        names = [name for name in archive.getnames() if name.startswith(SAMPLES)]
        for name in sorted(name for name in names if name.endswith(".jpg")):
            path = Path(pictures) / Path(name).name
            path.write_bytes(_content(archive, name))
            image = decode(path, INPUT_RULE).image
            found = align(DecodedPhoto(path, image, _NoModels()))
            faces += [turned for _, face in found for turned in (face, face[:, ::-1])]
    return faces


class _NoModels:
    """Models of a photo that is asked for pixels alone."""

    input = INPUT_RULE

    def extract(self, image: object) -> Any:
        raise AssertionError("expected no request for features")

    def classify(self, features: object) -> Any:
        raise AssertionError("expected no request for kinds")


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(name)
    assert member is not None
    return member.read()
