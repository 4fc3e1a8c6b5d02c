"""A made-up shop department of any size in the layout of 2018, and its pictures."""

import gzip
import hashlib
import json
from pathlib import Path

import numpy as np
from PIL import Image

TAKEN = 8
WORDS_OF_A_REVIEW = 60
CATEGORIES = 20
FIRST_SECOND = 1_262_304_000
SIDE = 500
"""Of a picture, in pixels; the shop's own large pictures have about as many."""


def write_department(folder: Path, users: int) -> tuple[Path, Path]:
    """Write reviews and metadata: eight reviews a user and an item, as gzip.

    Returns:
        The review file and the metadata file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    words = np.array([f"word{number}" for number in range(1000)])
    texts = [" ".join(random.choice(words, WORDS_OF_A_REVIEW)) for _ in range(200)]
    # Each item is taken as often as each user takes some, so that the 5-core is all.
    taken = np.concatenate([random.permutation(users) for _ in range(TAKEN)])
    reviews = folder / "reviews.json.gz"
    with gzip.open(reviews, "wt", compresslevel=6) as file:
        for row, item in enumerate(taken):
            record = {
                "overall": float(1 + row % 5),
                "verified": True,
                "reviewTime": "01 1, 2010",
                "reviewerID": f"A{row % users:013}",
                "asin": f"B{item:09}",
                "reviewerName": "J. Doe",
                "reviewText": texts[row % len(texts)],
                "summary": "word1 word2",
                "unixReviewTime": FIRST_SECOND + 86_400 * (row % 3000),
            }
            file.write(json.dumps(record) + "\n")
    metadata = folder / "metadata.json.gz"
    with gzip.open(metadata, "wt", compresslevel=6) as file:
        for item in range(users):
            record = {
                "asin": f"B{item:09}",
                "title": "word1 word2",
                "category": ["Home", f"Kind {item % CATEGORIES}"],
                "imageURLHighRes": [f"http://127.0.0.1/{item}.jpg"],
            }
            file.write(json.dumps(record) + "\n")
    return reviews, metadata


def draw_pictures(folder: Path, count: int) -> dict[str, Path]:
    """Draw pictures of products, no two alike.

    Returns:
        Files by sha256.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(1)
    grain = random.normal(0, 6, (SIDE, SIDE, 3)).astype(np.float32)
    pictures = {}
    for number in range(count):
        coarse = Image.fromarray(random.integers(0, 256, (12, 12, 3), np.uint8))
        smooth = coarse.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        drawn = (np.asarray(smooth, np.float32) + grain).clip(0, 255)
        path = folder / f"{number}.jpg"
        Image.fromarray(drawn.astype(np.uint8)).save(path, quality=85)
        pictures[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    return pictures
