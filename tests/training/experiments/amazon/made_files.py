"""Small synthetic files in exactly the layouts of 2014, 2018 and 2023."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PATHS = [["Home & Kitchen", "Kitchen & Dining", name] for name in ("Pans", "Kettles")]
PATHS += [["Home & Kitchen", "Bedding", name] for name in ("Sheets", "Pillows")]
FIRST_SECOND = 1_262_304_000  # 2010-01-01


def review(user: str, item: str, day: int = 0, layout: int = 2014) -> dict[str, Any]:
    if layout == 2023:
        return {
            "rating": 4.0, "title": "Pan", "text": "It's a pan.\nÄ good one.",
            "images": [], "asin": f"{item}-BLUE", "parent_asin": item, "user_id": user,
            "timestamp": 1000 * (FIRST_SECOND + 86_400 * day) + 923,
            "helpful_vote": 0, "verified_purchase": True,
        }  # fmt: skip
    common = {
        "reviewerID": user,
        "asin": item,
        "reviewerName": 'J. "Jo" Doe',
        "reviewText": "It's a pan.\nÄ good one.",
        "overall": 4.0,
        "summary": "Pan",
        "unixReviewTime": FIRST_SECOND + 86_400 * day,
        "reviewTime": "01 1, 2010",
    }
    if layout == 2014:
        return common | {"helpful": [1, 2]}
    return common | {"verified": True, "vote": "2", "style": {"Size:": " Large"}}


def product(item: str, path: list[str], url: str, layout: int = 2014) -> dict[str, Any]:
    if layout == 2023:
        thumb = url.replace(".jpg", "._AC_US40_.jpg")
        sizes = {"thumb": thumb, "large": thumb, "variant": "MAIN", "hi_res": url}
        return {
            "main_category": "Amazon Home", "title": "Bob's & Co. pan",
            "average_rating": 4.8, "rating_number": 10, "features": [],
            "description": [], "price": "None", "images": [sizes] if url else [],
            "videos": [], "store": "Bob's", "categories": path, "details": {},
            "parent_asin": item, "bought_together": None,
        }  # fmt: skip
    common = {"asin": item, "title": "Bob's &amp; Co. pan", "brand": "Bob's"}
    if layout == 2014:
        return common | {
            "price": 3.17,
            "imUrl": url,
            "related": {"also_bought": ["B00JHONN1S"]},
            "salesRank": {"Home & Kitchen": 211836},
            "categories": [["Home & Kitchen"], path],
        }
    return common | {
        "price": "$3.17",
        "category": path,
        "description": ["<b>pan</b>"],
        "also_buy": [],
        "imageURL": [url.replace(".jpg", "._SS40_.jpg")] if url else [],
        "imageURLHighRes": [url] if url else [],
    }


def line(record: dict[str, Any], layout: int, metadata: bool = False) -> bytes:
    """As the files have it: the metadata of 2014 are Python literals."""
    text = repr(record) if metadata and layout == 2014 else json.dumps(record)
    return text.encode() + b"\n"


def as_parquet(path: Path, folder: Path) -> Path:
    """Write a file of JSON lines as Parquet with a column for each key."""
    with gzip.open(path) as file:
        rows = [json.loads(one) for one in file]
    written = folder / f"{path.name.split('.')[0]}.parquet"
    pq.write_table(pa.Table.from_pylist(rows), written, row_group_size=50)
    return written


def write_shop(
    folder: Path,
    layout: int,
    users: int = 30,
    items: int = 20,
    address: str = "http://127.0.0.1:9",
    extra: bytes = b"",
) -> tuple[Path, Path]:
    """Reviews and metadata: each user takes 8 items, mostly of two categories."""
    random = np.random.default_rng(1)
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"B{i:09}" for i in range(items)]
    reviews = folder / "reviews.json.gz"
    with gzip.open(reviews, "wb", compresslevel=1) as file:
        for user in range(users):
            liked = random.permutation(len(PATHS))[:2]
            weights = np.where(np.isin(np.arange(items) % len(PATHS), liked), 9.0, 1.0)
            taken = np.argsort(random.random(items) / weights)[
                :8
            ]  # 8 of them, weighted
            for item in taken:
                day = int(random.integers(0, 300))
                file.write(
                    line(review(f"A{user:04}", names[item], day, layout), layout)
                )
        file.write(extra)
    metadata = folder / "metadata.json.gz"
    with gzip.open(metadata, "wb") as file:
        for i, name in enumerate(names):
            url = f"{address}/{i % len(PATHS)}/{name}.jpg"
            record = product(name, PATHS[i % len(PATHS)], url, layout)
            file.write(line(record, layout, metadata=True))
    return reviews, metadata
