"""What the benchmark of real galleries draws, and from whom."""

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
STORED = HERE.parent / "interests" / "fitted" / "everyday-photos" / "photos"
"""Features of the photos, with source and labels; the photos stay outside."""

SEED = 20
DRAWS = 20
LARGE_DRAWS = 5
SMALL = (100, 160)
"""Fewest and most photos of a small gallery, drawn evenly."""
LARGE = 1000
MAX_FALSE = 0.45
"""False interests of a small gallery that a threshold lets through where fitted."""
STRONG = 0.05
"""Share of a gallery's photos from which on an interest should be shown."""
SHOWN = 0.5
"""Probability from which on an interest is shown."""
MUST_SHOW = (
    "dogs",
    "cats",
    "people",
    "meals",
    "mountains",
    "beaches",
    "screenshots",
    "documents",
)


@dataclass(frozen=True)
class Owner:
    """A type of person whose gallery is drawn.

    Attributes:
        id: Name of the type.
        labels: Share of the photos that each label has; shared evenly by the photos
            that have it. A photo of several labels takes the largest.
        sources: The same for sources.
    """

    id: str
    labels: dict[str, float] = field(default_factory=dict)
    sources: dict[str, float] = field(default_factory=dict)


OWNERS = (
    Owner(
        "family",
        {
            "people": 0.32, "portrait": 0.14, "food": 0.12, "dog": 0.06, "cat": 0.04,
            "beach": 0.03, "sea": 0.03, "flower": 0.04, "bedroom": 0.02,
            "kitchen": 0.02, "house": 0.02, "screenshot": 0.04, "document": 0.03,
        },
        {"camera": 0.05},
    ),
    Owner(
        "traveller",
        {
            "mountain": 0.2, "beach": 0.07, "sea": 0.1, "building": 0.15,
            "street": 0.1, "forest": 0.08, "sunset": 0.06, "food": 0.08,
            "people": 0.08, "bus": 0.03,
        },
        {"camera": 0.05},
    ),
    Owner(
        "food lover",
        {
            "food": 0.5, "people": 0.1, "kitchen": 0.06, "document": 0.05,
            "screenshot": 0.05, "street": 0.06, "dog": 0.04, "flower": 0.06,
        },
        {"camera": 0.08},
    ),
    Owner(
        "dog owner",
        {
            "dog": 0.45, "people": 0.14, "forest": 0.08, "mountain": 0.05,
            "beach": 0.05, "food": 0.08, "house": 0.06, "screenshot": 0.04,
        },
        {"camera": 0.05},
    ),
    Owner(
        "screenshots and receipts",
        {
            "screenshot": 0.3, "document": 0.3, "meme": 0.15, "food": 0.06,
            "people": 0.08, "kitchen": 0.03,
        },
        {"camera": 0.08},
    ),
    Owner(
        "portraits",
        {
            "portrait": 0.6, "people": 0.2, "food": 0.06, "building": 0.05,
            "screenshot": 0.05,
        },
        {"camera": 0.04},
    ),
    Owner(
        "sports",
        {
            "yoga": 0.08, "basketball": 0.08, "swimming": 0.08, "tennis": 0.07,
            "rowing": 0.07, "football": 0.07, "cycling": 0.04, "ball_sport": 0.03,
            "skating": 0.02, "people": 0.2, "food": 0.07, "mountain": 0.06,
            "screenshot": 0.05, "dog": 0.03,
        },
        {"camera": 0.05},
    ),
    Owner(
        "no particular interest",
        sources=dict.fromkeys(
            (
                "camera", "flickr8k", "food101", "ffml", "intel", "houses", "weather",
                "sports", "receipts", "memes", "faces", "faces2", "natural", "corel",
                "screenshots",
            ),
            1 / 15,
        ),
    ),
    Owner("camera roll", sources={"camera": 1.0}),
)  # fmt: skip
