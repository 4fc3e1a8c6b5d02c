"""The catalogue file and how it is brought up to date, with a real bundle."""

import io
import json
import os
import zipfile
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.card import load_card
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.recommendation.catalogue_build import THUMBNAIL, update_catalogue
from photo_interests.recommendation.catalogue_file import (
    ABOUT,
    FEATURES,
    CatalogueError,
    Origin,
    read_catalogue,
    read_thumbnail,
    write_catalogue,
)
from photo_interests.recommendation.products import find_products
from tests.photo_interests.drawn import busy, encoded


@pytest.fixture(scope="module")
def reader(tiny_bundle):
    return PhotoReader(tiny_bundle, load_card(tiny_bundle), 1, 1)


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shop"
    folder.mkdir()
    for number in range(4):
        content = encoded(busy(130, 90, seed=number), "JPEG")
        (folder / f"{number}.jpg").write_bytes(content)
    return folder


def update(shop, reader, old=None, **options):
    return update_catalogue(old, find_products(shop).products, reader, **options)


def test_written_and_read_again(shop, reader, tmp_path):
    made = update(shop, reader).catalogue
    path = tmp_path / "shop.catalogue"
    write_catalogue(path, made, reader.card)
    read = read_catalogue(path, reader.card)
    assert read.items == made.items
    assert (read.features == made.features).all()
    np.testing.assert_allclose(read.interests, made.interests, atol=0.005)
    picture = Image.open(io.BytesIO(read_thumbnail(path, 2)))
    assert picture.size == THUMBNAIL and picture.format == "WEBP"


def test_the_same_catalogue_gives_the_same_bytes(shop, reader, tmp_path):
    for name in ("a", "b"):
        made = update(shop, reader).catalogue
        write_catalogue(tmp_path / name, made, reader.card)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def with_head(path, about):
    """The same catalogue with another catalogue.json."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, ABOUT: json.dumps(about)}.items():
            archive.writestr(name, content)


def test_publisher_and_date_are_kept_and_others_refused(shop, reader, tmp_path):
    made = replace(
        update(shop, reader).catalogue, origin=Origin("A shop", date(2026, 11, 30))
    )
    path = tmp_path / "c"
    write_catalogue(path, made, reader.card)
    assert read_catalogue(path, reader.card).origin == made.origin
    with zipfile.ZipFile(path) as archive:
        about = json.loads(archive.read(ABOUT))
    assert (about["publisher"], about["made"]) == ("A shop", "2026-11-30")
    for field, value in (("publisher", 7), ("made", "yesterday"), ("made", 7)):
        other = tmp_path / "other"
        write_catalogue(other, made, reader.card)
        with_head(other, {**about, field: value})
        with pytest.raises(CatalogueError, match="expected a catalogue"):
            read_catalogue(other, reader.card)


def test_any_zip_reader_understands_it(shop, reader, tmp_path):
    """What the app does: no library, features mapped as they lie."""
    made = update(shop, reader).catalogue
    write_catalogue(tmp_path / "c", made, reader.card)
    with zipfile.ZipFile(tmp_path / "c") as archive:
        about = json.loads(archive.read(ABOUT))
        entry = archive.getinfo(FEATURES)
        assert entry.compress_type == zipfile.ZIP_STORED
    assert about["interests"] == [c.id for c in reader.card.interests]
    raw = (tmp_path / "c").read_bytes()
    name = FEATURES.encode()
    start = raw.index(made.features.tobytes())
    assert raw[start - len(name) : start] == name
    assert (about["items"], about["dimension"]) == made.features.shape


def test_only_new_and_changed_pictures_are_read(shop, reader):
    first = update(shop, reader)
    assert (first.read, first.dropped) == (4, 0)
    (shop / "0.jpg").unlink()
    (shop / "1.jpg").write_bytes(encoded(busy(140, 90, seed=8), "JPEG"))
    (shop / "9.jpg").write_bytes(encoded(busy(130, 90, seed=9), "JPEG"))
    seen = []
    second = update(shop, reader, first.catalogue, on_picture=seen.append)
    assert (second.read, second.dropped, len(seen)) == (2, 1, 2)
    whole = update(shop, reader).catalogue
    assert second.catalogue.items == whole.items
    assert (second.catalogue.features == whole.features).all()
    assert update(shop, reader, second.catalogue).read == 0


def test_a_touched_file_is_read_again(shop, reader):
    first = update(shop, reader).catalogue
    os.utime(shop / "2.jpg", ns=(1, 1))
    assert update(shop, reader, first).read == 1


def test_a_given_category_takes_the_place_of_the_read_one(shop, reader):
    (shop / "products.csv").write_text("picture,category\n1.jpg,a.dog\n3.jpg,\n")
    made = update(shop, reader).catalogue
    assert made.interests[0].tolist() == [0, 1]
    assert made.interests[1].max() < 1


def test_an_unknown_category_is_named_and_predicted(shop, reader):
    (shop / "products.csv").write_text("picture,category\n1.jpg,\n3.jpg,a.cow\n")
    made = update(shop, reader)
    assert made.notes == (
        "product '3.jpg': predicted from its picture, since example has no category "
        "'a.cow'",
    )
    assert 0 < made.catalogue.interests[1].max() < 1


def test_names_that_are_not_utf_8_are_kept(shop, reader, tmp_path):
    name = os.fsdecode(b"caf\xe9.jpg")
    (shop / "0.jpg").rename(shop / name)
    made = update(shop, reader).catalogue
    path = tmp_path / "shop.catalogue"
    write_catalogue(path, made, reader.card)
    read = read_catalogue(path, reader.card)
    assert name in {item.id for item in read.items}
    assert update(shop, reader, read).read == 0


def test_a_broken_picture_is_skipped_and_named(shop, reader):
    (shop / "1.jpg").write_bytes(b"no picture")
    made = update(shop, reader)
    assert [error.path.name for error in made.skipped] == ["1.jpg"]
    assert [item.id for item in made.catalogue.items] == ["0.jpg", "2.jpg", "3.jpg"]
    for path in shop.iterdir():
        path.write_bytes(b"no picture")
    with pytest.raises(ValueError, match="none of 4 pictures could be read"):
        update(shop, reader)


def test_without_thumbnails(shop, reader, tmp_path):
    made = update(shop, reader, thumbnails=False).catalogue
    write_catalogue(tmp_path / "c", made, reader.card)
    assert read_thumbnail(tmp_path / "c", 0) == b""


def test_the_thumbnail_option_holds_for_unchanged_products_too(shop, reader):
    full = update(shop, reader).catalogue
    bare = update(shop, reader, full, thumbnails=False)
    assert bare.read == 0
    assert [item.thumbnail for item in bare.catalogue.items] == [b""] * 4
    again = update(shop, reader, bare.catalogue)
    assert again.read == 4 and again.catalogue.items == full.items
    assert update(shop, reader, again.catalogue).read == 0


@pytest.fixture
def written(shop, reader, tmp_path):
    path = tmp_path / "shop.catalogue"
    write_catalogue(path, update(shop, reader).catalogue, reader.card)
    return path


def test_another_bundles_catalogue_is_refused(written, reader):
    other = reader.card.model_copy(update={"version": "2.0.0"})
    with pytest.raises(ValueError, match="made with example 2.0.0, .* 1.0.0: make it"):
        read_catalogue(written, other)


def test_damage_is_found(written, reader):
    raw = bytearray(written.read_bytes())
    with zipfile.ZipFile(written) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[FEATURES] = bytes(len(parts[FEATURES]))
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(ValueError, match="expected features.bin as catalogue.json"):
        read_catalogue(written, reader.card)
    written.write_bytes(raw[:500])
    with pytest.raises(ValueError, match="expected a catalogue, received"):
        read_catalogue(written, reader.card)


def test_a_changed_thumbnail_is_found(written, reader):
    with zipfile.ZipFile(written) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "thumbnails/000001.webp"
    parts[name] = parts["thumbnails/000002.webp"]
    with zipfile.ZipFile(written, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    with pytest.raises(ValueError, match=f"expected {name} with SHA-256"):
        read_catalogue(written, reader.card)


def test_another_format_is_refused(written, reader):
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(ABOUT, '{"format": 1}')
    with pytest.raises(ValueError, match="expected format 2, received 1"):
        read_catalogue(written, reader.card)
