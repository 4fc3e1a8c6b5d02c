"""The analyzers by name, and how each is opened."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from photo_interests.analysis.card import AnalyzerCard, FeatureInput, load_analyzer
from photo_interests.analysis.identity.face_aligner import NAME as IDENTITY
from photo_interests.analysis.identity.face_embedder import FaceEmbedder
from photo_interests.analysis.location import find_analyzer
from photo_interests.analysis.objects.object_detector import NAME as OBJECTS
from photo_interests.analysis.objects.object_detector import ObjectDetector
from photo_interests.analysis.people.face_detector import FaceDetector
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.place.place_finder import PlaceFinder
from photo_interests.analysis.scenes.scene_classifier import SceneClassifier
from photo_interests.analysis.species.birds import NAME as BIRDS
from photo_interests.analysis.species.birds import BirdClassifier
from photo_interests.analysis.species.insects import NAME as INSECTS
from photo_interests.analysis.species.insects import InsectClassifier
from photo_interests.analysis.text.text_reader import TextReader
from photo_interests.bundle.card import Card, CardFormat2

INSTALL = "python -m export third-party"


class Analyzer(Protocol):
    """Finds one thing about a photo."""

    def __call__(self, photo: DecodedPhoto) -> Any:
        """Return the row of a photo, of the type that `PhotoRow` has for it."""


OPEN: dict[str, Callable[[Path], Analyzer]] = {
    "place": PlaceFinder,
    "scene": SceneClassifier,
    "objects": ObjectDetector,
    "faces": FaceDetector,
    "text": TextReader,
    BIRDS: BirdClassifier,
    INSECTS: InsectClassifier,
    IDENTITY: FaceEmbedder,
}
"""Opens an analyzer in its folder. The names are those of the fields of `PhotoRow`."""
CHOICES = tuple(name for name in OPEN if name != IDENTITY)
"""What runs unless less is chosen: identities are asked for by themselves."""
PACKS = (BIRDS, INSECTS)
"""What runs where somebody installed it, and is not missed elsewhere."""

AFTER = {BIRDS: OBJECTS}
"""What each looks into, which has to run before it; all others need the photo alone."""


@dataclass(frozen=True)
class Analyzers:
    """The analyzers that run on photos.

    Attributes:
        folders: Folder of each by name, in the order in which they run.
        cards: Their checked cards.
        missing: Why each other analyzer does not run.
        installed: Folder of analyzers they were found in; None for the user's cache.
    """

    folders: Mapping[str, Path]
    cards: Mapping[str, AnalyzerCard]
    missing: Mapping[str, str]
    installed: Path | None = None

    def open(self) -> dict[str, Analyzer]:
        """Load the models."""
        return {name: OPEN[name](folder) for name, folder in self.folders.items()}


def choose_analyzers(
    bundle: Card,
    names: Iterable[str] | None = None,
    folder: Path | None = None,
    identity: bool = False,
) -> Analyzers:
    """Find the analyzers to run, and check their files.

    Args:
        bundle: Card of the bundle whose extractor gives the stored features.
        names: Analyzers to run; if None, all of `CHOICES` that are installed.
        folder: Folder of analyzers; the user's cache if None.
        identity: Whether faces of the same person are told apart, too.

    Raises:
        ValueError: A named analyzer does not exist, or cannot run; says why.
        CardError: A card is invalid, or a file differs from it.
    """
    asked = CHOICES if names is None else tuple(names)
    wanted = [name for name in CHOICES if name in asked]
    if unknown := [name for name in dict.fromkeys(asked) if name not in CHOICES]:
        raise ValueError(
            f"analyzers: expected some of {', '.join(CHOICES)}, "
            f"received {', '.join(unknown)}"
        )
    if identity:
        wanted.append(IDENTITY)
    folders: dict[str, Path] = {}
    cards: dict[str, AnalyzerCard] = {}
    missing: dict[str, str] = {}
    for name in wanted:
        found = find_analyzer(name, folder, bundle.name)
        reason: str | None = f"its model is not installed: run `{INSTALL} {name}`"
        if found is not None:
            card = load_analyzer(found, name, verify=True)
            reason = _unusable(card, bundle)
            before = AFTER.get(name)
            if before is not None and before not in folders:
                reason = f"it looks into what {before} find, which do not run"
            if not reason:
                folders[name], cards[name] = found, card
        if reason and not (names is None and name in PACKS):
            missing[name] = reason
    if missing and (names is not None or not folders or IDENTITY in missing):
        reasons = "; ".join(f"{name}: {reason}" for name, reason in missing.items())
        raise ValueError(f"cannot run {reasons}")
    return Analyzers(folders, cards, missing, folder)


def _unusable(card: AnalyzerCard, bundle: Card) -> str | None:
    """Why an analyzer does not fit the bundle, if so."""
    if isinstance(card.input, FeatureInput):
        if card.input.extractor != bundle.files[bundle.extractor.file].sha256:
            return (
                "it reads features of another extractor than that of bundle "
                f"{bundle.name}"
            )
    if card.gate:
        kinds = (
            {kind.id for kind in bundle.kinds}
            if isinstance(bundle, CardFormat2)
            else set()
        )
        if missing := sorted(set(card.gate) - kinds):
            return f"bundle {bundle.name} lacks the kinds {', '.join(missing)}"
    return None
