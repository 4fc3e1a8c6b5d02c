"""Runs the analyzers on many photos, each decoded once, in several processes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.analysis.analyzers import Analyzer, Analyzers
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Content, PhotoRow
from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.bundle.card_sections import Category, Input
from photo_interests.bundle.interest_sections import Kind
from photo_interests.models.extractor import Extractor
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos import TIME_LIMIT_S
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import unfinished
from photo_interests.photos.photo_worker import settle_memory
from photo_interests.photos.pixels import check_evidence, resize
from photo_interests.photos.thumbnail import make_whole_thumbnail
from photo_interests.photos.worker_pool import Failure, WorkerPool
from photo_interests.videos.frames import Frame, Video, is_video, read_video

MINIMUM_PROBABILITY = 0.01
"""Of kinds and interests that rows keep: of 1,330 most are nearly 0."""


class AnalyzedPhoto(NamedTuple):
    """What a worker hands back.

    Attributes:
        row: What was found.
        thumbnail: A WebP file; empty if not requested.
    """

    row: PhotoRow
    thumbnail: bytes


@dataclass(frozen=True)
class PhotoAnalyzer:
    """Turns photo files into rows; a photo that cannot be read costs only itself.

    A video has a row for each frame at which its picture changes.

    Attributes:
        bundle: Folder of the bundle whose extractor gives the stored features.
        card: Its card.
        analyzers: What runs on each photo.
        processes: Maximum number of worker processes.
        limit_s: Time limit for a photo in seconds.
        content: Whether rows have what the bundle's classifier sees; a bundle of
            format 1 cannot give it.
    """

    bundle: Path
    card: Card
    analyzers: Analyzers
    processes: int
    limit_s: float = TIME_LIMIT_S
    content: bool = False

    def read(
        self, photos: Sequence[Path], thumbnail: int | None = None
    ) -> Iterator[tuple[int, tuple[AnalyzedPhoto, ...] | PhotoError]]:
        """Yield the index of each file once, as it is done: a photo, or frames.

        Args:
            photos: Files.
            thumbnail: Longest side of thumbnails in pixels; None for none.

        Raises:
            CardError: A model differs from what its card describes.
        """
        pool = WorkerPool[Path, tuple[AnalyzedPhoto, ...] | PhotoError](
            max(1, min(self.processes, len(photos))),
            _analyze,
            _prepare,
            (self.bundle, self.card, self.analyzers, thumbnail, self.content),
            self.limit_s,
        )
        for index, outcome in pool.map(photos):
            if isinstance(outcome, Failure):
                error = unfinished(photos[index], outcome, self.limit_s, "analyzed")
                yield index, error
            else:
                yield index, outcome


class BundleModels:
    """Features and kinds of single photos, by the models of a bundle."""

    def __init__(self, bundle: Path, card: Card) -> None:
        """Name the models; each is loaded when it is first needed.

        Args:
            bundle: Folder of the bundle.
            card: Its card.
        """
        self._bundle, self._card = bundle, card

    @property
    def input(self) -> Input:
        """How the bundle's photos are decoded."""
        return self._card.input

    def extract(self, image: Image.Image) -> NDArray[np.uint8]:
        """Return the stored features of an image, `(dimension,)`."""
        return self._extractor(resize(image, self._card.input)[None])[0]

    def classify(self, features: NDArray[np.uint8]) -> Content:
        """Return what stored features show.

        Raises:
            ValueError: The bundle is of format 1, which has no kinds.
        """
        output = self._interest_model(features[None])
        if output.repetition is None or not isinstance(self._card, CardFormat2):
            raise ValueError(f"bundle {self._card.name}: expected one with kinds")
        return Content(
            _by_id(self._card.kinds, output.repetition.photo_kind_probabilities[0]),
            _by_id(self._card.interests, output.photo_probabilities[0]),
        )

    @cached_property
    def _extractor(self) -> Extractor:
        return Extractor(self._bundle, card=self._card)

    @cached_property
    def _interest_model(self) -> InterestModel:
        return InterestModel(self._bundle, self._card)


def _by_id(
    labels: Sequence[Kind | Category], probabilities: NDArray[np.float32]
) -> dict[str, float]:
    ids = (label.id for label in labels)
    return dict(zip(ids, map(float, probabilities), strict=True))


def _likely(probabilities: Mapping[str, float]) -> dict[str, float]:
    return {name: p for name, p in probabilities.items() if p >= MINIMUM_PROBABILITY}


class _Process:
    """What a worker process keeps between photos."""

    analyzers: Analyzers
    models: BundleModels
    thumbnail: int | None
    content: bool
    opened: dict[str, Analyzer] | None = None


def _prepare(
    bundle: Path,
    card: Card,
    analyzers: Analyzers,
    thumbnail: int | None,
    content: bool,
) -> None:
    _Process.models = BundleModels(bundle, card)
    _Process.analyzers, _Process.thumbnail = analyzers, thumbnail
    _Process.content = content
    settle_memory()


def _analyze(path: Path) -> tuple[AnalyzedPhoto, ...] | PhotoError:
    if _Process.opened is None:  # here, so that errors reach the parent by name
        _Process.opened = _Process.analyzers.open()
    try:
        if is_video(path):
            video = read_video(path)
            return tuple(_analyzed_frame(path, video, one) for one in video.frames)
        image, taken = decode(path, _Process.models.input)
        check_evidence(path, image)
        photo = DecodedPhoto(path, image, _Process.models)
        return (_analyzed(photo, taken),)
    except PhotoError as error:
        return error


def _analyzed_frame(path: Path, video: Video, frame: Frame) -> AnalyzedPhoto:
    photo = DecodedPhoto(path, frame.image, _Process.models, video)
    return _analyzed(photo, video.taken, frame.second)


def _analyzed(
    photo: DecodedPhoto, taken: datetime | None, second: float | None = None
) -> AnalyzedPhoto:
    """Run the analyzers on a photo, or on the frame of a video at a second."""
    assert _Process.opened is not None
    found = {}
    for name, analyze in _Process.opened.items():
        found[name] = analyze(photo)
        photo.found[name] = _Process.analyzers.cards[name], found[name]
    if _Process.content:
        kinds, interests = photo.content.kinds, photo.content.interests
        found["content"] = Content(_likely(kinds), _likely(interests))
    row = PhotoRow(photo.path, taken=taken, second=second, **found)
    side = _Process.thumbnail
    return AnalyzedPhoto(row, make_whole_thumbnail(photo.image, side) if side else b"")
