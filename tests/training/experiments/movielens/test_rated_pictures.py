from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training.experiments.movielens.rated_pictures import (
    RatedPictures,
    read_rated_pictures,
)

LAYOUTS = {
    "100K, tabs with names": "user\titem\trating\ttimestamp\n1\t0\t5\t9\n2\t1\t3\t8\n",
    "100K, tabs alone": "1\t0\t5\t9\n2\t1\t3\t8\n",
    "1M, double colons": "1::0::5::9\n2::1::3::8\n",
    "20M, commas with names": "userId,movieId,rating,timestamp\n1,0,5.0,9\n2,1,3.5,8\n",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reads_the_layouts_of_movielens_in_order_of_time(
    layout: str, tmp_path: Path, pictures: Path
) -> None:
    path = tmp_path / "ratings"
    path.write_text(LAYOUTS[layout], encoding="utf-8")
    rated = read_rated_pictures(path, pictures)
    assert rated.events.to_dict("list") == {
        "user": ["2", "1"],
        "item": ["1", "0"],
        "time": [8, 9],
    }
    assert rated.items == ("0", "1")
    assert [picture.name for picture in rated.pictures] == ["0.jpg", "1.jpg"]


def test_drops_and_counts_items_without_a_picture(rated: RatedPictures) -> None:
    assert rated.without_picture == 1
    assert "unseen" not in set(rated.events["item"])


def test_pictures_keep_the_order_of_the_items(rated: RatedPictures) -> None:
    pixels = rated.pixels(8)
    assert pixels.shape == (len(rated.items), 8, 8, 3)
    with Image.open(rated.pictures[3]) as image:
        small = image.convert("RGB").resize((8, 8), Image.Resampling.BOX)
    assert np.array_equal(pixels[3], np.asarray(small))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1\t0\t5\t9\n2\t1\t3\n", "line 2: expected user, item, rating, timestamp"),
        ("1\t0\t5\t9\n2\t1\t3\tnoon\n", "line 2: .* received '2\\\\t1\\\\t3\\\\tnoon'"),
        ("1\t0\t5\t9\n\t1\t3\t8\n", "line 2"),
        ("", "expected ratings, received an empty file"),
        ("user\titem\trating\ttimestamp\n", "received names of columns alone"),
        ("1\tnone\t5\t9\n", "expected ITEM.jpg of items rated .* such as none.jpg"),
    ],
)
def test_refuses_malformed_ratings(
    text: str, message: str, tmp_path: Path, pictures: Path
) -> None:
    path = tmp_path / "ratings"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_rated_pictures(path, pictures)


def test_refuses_a_missing_table(tmp_path: Path, pictures: Path) -> None:
    with pytest.raises(ValueError, match="received no file"):
        read_rated_pictures(tmp_path / "ratings", pictures)
