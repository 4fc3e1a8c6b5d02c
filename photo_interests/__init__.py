"""Predicts a person's interests from their photos, on their own computer.

Example:
    >>> import photo_interests
    >>> bundle = photo_interests.load_bundle()
    >>> prediction = bundle.predict(["Pictures"])  # doctest: +SKIP
    >>> for interest in prediction.interests(top=3):  # doctest: +SKIP
    ...     print(interest.name, interest.strength.photos, interest.strength.months)
    Dogs 351 14
    Good food 80 11
    Beaches and the sea 42 2

Importing this package loads no other library: each name loads what it needs when it
is used first.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from photo_interests.api import Bundle, load_bundle, recommend
    from photo_interests.bundle.card import CardError
    from photo_interests.describe import Descriptions
    from photo_interests.photos.photo_error import PhotoError
    from photo_interests.predict import NoPhotosError, Prediction
    from photo_interests.recommendation.ranking import Recommendation
    from photo_interests.reports.interest import Interest

__all__ = [
    "Bundle",
    "CardError",
    "Descriptions",
    "Interest",
    "NoPhotosError",
    "PhotoError",
    "Prediction",
    "Recommendation",
    "load_bundle",
    "recommend",
]

_MODULES = {
    "Bundle": "photo_interests.api",
    "CardError": "photo_interests.bundle.card",
    "Descriptions": "photo_interests.describe",
    "Interest": "photo_interests.reports.interest",
    "NoPhotosError": "photo_interests.predict",
    "PhotoError": "photo_interests.photos.photo_error",
    "Prediction": "photo_interests.predict",
    "Recommendation": "photo_interests.recommendation.ranking",
    "load_bundle": "photo_interests.api",
    "recommend": "photo_interests.api",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_MODULES[name]), name)


def __dir__() -> list[str]:
    """The public names."""
    return __all__
