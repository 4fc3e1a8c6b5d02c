import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from photo_interests.bundle.card import parse_card
from photo_interests.predict import Prediction
from photo_interests.reports.formatting import shown_files, shown_strength
from photo_interests.reports.interests import find_interests
from photo_interests.reports.interests_json import make_json
from photo_interests.reports.interests_table import make_table


def test_frames_share_the_weight_of_their_video(with_video):
    assert with_video.videos == 1
    np.testing.assert_array_equal(with_video.rows, [0, 0, 0, 1, 2, 3])
    third = pytest.approx([1 / 3] * 3 + [1] * 3)
    assert with_video.weights.tolist() == third
    undated = replace(with_video, taken=(None,) * 4)
    assert undated.weights.tolist() == third
    # With photos of the same minutes it has a photo's part of the event.
    start = with_video.taken[0]
    together = replace(with_video, taken=(start, start, start, None))
    assert together.weights.tolist() == pytest.approx([1 / 9] * 3 + [1 / 3] * 2 + [1])


def test_a_video_counts_once_by_its_clearest_frame(with_video):
    dogs, cats = with_video.interests()
    assert [photo.path.name for photo in dogs.photos] == ["v.mp4", "d.jpg"]
    video, photo = dogs.photos
    # All three frames are as clear: the first of them is shown.
    assert (video.second, photo.second) == (0.0, None)
    assert video.probability == pytest.approx(0.9)
    assert video.share == pytest.approx(0.9 / 1.8)
    assert photo.share == pytest.approx(0.6 / 1.8)
    assert (dogs.strength.photos, dogs.strength.videos) == (2, 1)
    assert dogs.strength.months == 2
    assert (dogs.other_photos, dogs.other_share) == (2, pytest.approx(0.3 / 1.8))
    assert (cats.strength.photos, cats.strength.videos) == (1, 0)
    beagles, pugs, _ = with_video.interests(level="kinds", threshold=0.1)[:3]
    assert (beagles.id, beagles.photos[0].second) == ("a.beagle", 0.0)
    assert [each.path.name for each in pugs.photos] == ["d.jpg"]


def test_the_clearest_frame_may_be_any(with_video):
    chances = with_video.photo_probabilities.copy()
    chances[:3, 0] = [0.1, 0.2, 0.8]
    late = replace(with_video, photo_probabilities=chances)
    video = late.interests()[0].photos[0]
    assert (video.path.name, video.second) == ("v.mp4", 65.0)
    assert video.share == pytest.approx((1.1 / 3) / (1.1 / 3 + 0.6 + 0.3))


def test_json_lists_a_video_once(with_video):
    areas = find_interests(with_video, None, 9, None)
    content = json.loads(make_json(with_video, areas, None, "en"))
    assert content["photos"] == [f"photos/{name}" for name in (
        "v.mp4", "d.jpg", "e.jpg", "f.jpg",
    )]  # fmt: skip
    dogs = content["interests"][0]
    assert dogs["strength"]["photos"] == 2 and dogs["strength"]["videos"] == 1
    assert [(one["path"], one.get("second")) for one in dogs["photos"]] == [
        ("photos/v.mp4", 0.0), ("photos/d.jpg", None),
    ]  # fmt: skip
    shares = sum(one["share"] for one in dogs["photos"]) + dogs["other_share"]
    assert shares == pytest.approx(1)


def _printed(prediction, language):
    console = Console(width=110, file=StringIO())
    areas = find_interests(prediction, None, 9, 3)
    with console.capture() as printed:
        console.print(make_table(prediction, areas, language))
    return printed.get()


def test_table_names_photos_and_videos(with_video, repeated_prediction):
    english = _printed(with_video, "en")
    assert "1 photo and 1 video, 2 months" in english
    assert "v.mp4 0:00" in english and "d.jpg" in english
    assert "3 photos and 1 video read by example" in english
    german = _printed(with_video, "de")
    assert "1 Foto und 1 Video, 2 Monate" in german
    assert "3 Fotos und 1 Video, gelesen von example" in german
    assert "video" not in _printed(repeated_prediction, "en").lower()


@pytest.mark.parametrize(
    ("photos", "videos", "language", "expected"),
    [
        (9, 2, "en", "9 photos and 2 videos"),
        (1, 1, "de", "1 Foto und 1 Video"),
        (0, 1200, "en", "1,200 videos"),
        (0, 0, "de", "0 Fotos"),
        (1, 0, "en", "1 photo"),
    ],
)
def test_shown_files(photos, videos, language, expected):
    assert shown_files(photos, videos, language) == expected


def test_strength_of_videos_alone():
    assert shown_strength(2, 1, "en", videos=2) == "2 videos, 1 month"


def test_bundles_of_format_1_list_a_video_once(card_text):
    shares = np.array([[0.1, 0.1], [0.3, 0.5], [0.2, 0.2], [0.4, 0.2]], np.float32)
    prediction = Prediction(
        probabilities=np.array([0.6, 0.9], np.float32),
        contributions=shares,
        photo_probabilities=shares / 2,
        bundle=Path("bundle"),
        card=parse_card(card_text),
        photos=(Path("a.jpg"), Path("b.mp4"), Path("c.jpg")),
        taken=(None,) * 3,
        skipped=(),
        features=np.zeros((4, 1024), np.uint8),
        frames=((), (1.0, 8.0), ()),
    )
    assert prediction.weights.tolist() == [1] * 4
    dogs, cats = prediction.interests(threshold=0, photos=2)
    assert [(one.path.name, one.second) for one in cats.photos] == [
        ("b.mp4", 1.0), ("c.jpg", None),
    ]  # fmt: skip
    assert [one.share for one in cats.photos] == pytest.approx([0.5, 0.4])
    assert cats.photos[0].probability == pytest.approx(0.15)
    assert (dogs.photos[0].share, dogs.other_photos) == (pytest.approx(0.7), 1)
