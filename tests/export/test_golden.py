import numpy as np
import pytest
from PIL import Image

from export.display_p3 import display_p3_profile
from export.golden_images import IMAGES, draw_golden_images
from photo_interests.bundle.card import load_card
from photo_interests.photos.pixels import read_pixels


@pytest.fixture(scope="module")
def images(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden")
    return {path.name: path for path in draw_golden_images(folder)}


def test_drawn_twice_alike(images, tmp_path):
    for path in draw_golden_images(tmp_path):
        assert path.read_bytes() == images[path.name].read_bytes()


def test_every_way_in_which_decoders_differ(images):
    kinds = {}
    for name, path in images.items():
        with Image.open(path) as image:
            image.getexif()
            kinds[name] = image
    assert list(kinds) == list(IMAGES)
    assert kinds["rotated.jpg"].getexif()[0x0112] == 6
    # Decoded at half its size.
    assert min(kinds["rotated.jpg"].size) >= 2 * 336
    assert kinds["cmyk.jpg"].mode == "CMYK"
    assert kinds["grey_tall.jpg"].mode == "L"
    assert kinds["transparent.png"].mode == "RGBA"
    assert kinds["sixteen_bit.png"].mode == "I;16"
    assert kinds["display_p3.jpg"].info["icc_profile"]
    assert max(kinds["tiny.png"].size) < 8
    assert kinds["scene.webp"].format == "WEBP"


def test_the_colour_profile_matters(images, tmp_path):
    plain = tmp_path / "plain.jpg"
    with Image.open(images["display_p3.jpg"]) as image:
        image.info.pop("icc_profile")
        image.save(plain, quality=95)
    converted = read_pixels(images["display_p3.jpg"]).astype(int)
    assert np.abs(converted - read_pixels(plain)).mean() > 4


def test_profile_is_display_p3(tmp_path):
    path = tmp_path / "red.png"
    red = (200, 80, 80)
    Image.new("RGB", (32, 32), red).save(path, icc_profile=display_p3_profile())
    # Linear Display P3 to linear sRGB (W3C, CSS Color 4), both with the sRGB curve.
    matrix = np.array(
        [[1.2249, -0.2249, 0.0], [-0.0421, 1.0421, 0.0], [-0.0196, -0.0786, 1.0982]]
    )
    linear = ((np.array(red) / 255 + 0.055) / 1.055) ** 2.4
    expected = 255 * (1.055 * (matrix @ linear) ** (1 / 2.4) - 0.055)
    np.testing.assert_allclose(read_pixels(path)[100, 100], expected, atol=1.5)


def test_small_enough_to_carry(released):
    golden = released / "golden"
    assert sum(path.stat().st_size for path in golden.iterdir()) < 1_500_000


def test_raw_files_have_the_cards_shapes(released):
    card = load_card(released)
    rule = card.input
    for case in card.golden.cases:
        pixels = (released / case.pixels).stat().st_size
        assert pixels == rule.height * rule.width * 3
        assert (released / case.features).stat().st_size == card.features.dimension
    section = card.golden.set
    photos = (released / section.features).stat().st_size // card.features.dimension
    interests = len(card.interests)
    assert (released / section.probabilities).stat().st_size == 4 * interests
    for name in (section.contributions, section.photo_probabilities):
        assert (released / name).stat().st_size == 4 * photos * interests
