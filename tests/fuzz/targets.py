"""What is fuzzed: readers of files that strangers make.

Run by `python -m tests.fuzz.targets NAME SECONDS FOLDER` (needs atheris). Whatever the
bytes are, a reader gives a result or its own error; anything else ends the run.
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris
import numpy as np
from PIL import Image

with atheris.instrument_imports(include=["photo_interests"]):
    from photo_interests.bundle.card import CardError, load_card, parse_card
    from photo_interests.bundle.input_rule import INPUT_RULE
    from photo_interests.bundle.location import find_bundle
    from photo_interests.photos.decode import FORMATS, decode
    from photo_interests.photos.photo_error import PhotoError
    from photo_interests.recommendation.catalogue_file import (
        Catalogue,
        CatalogueError,
        Item,
        catalogue_bytes,
        read_catalogue,
    )
    from photo_interests.recommendation.products import TABLE, find_products
    from photo_interests.videos.frames import MAXIMUM_FRAMES, read_video

from tests.photo_interests.drawn import encoded, four_corners
from tests.photo_interests.videos.drawn_videos import write_video

FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))
CARD = load_card(find_bundle("everyday-178"), verify=False)


def photo(content: bytes) -> None:
    """A photo is an RGB image, or refused by name."""
    path = FOLDER / "photo"
    path.write_bytes(content)
    try:
        image = decode(path, INPUT_RULE).image
    except PhotoError as error:
        assert error.path == path and error.reason
    else:
        assert image.mode == "RGB" and min(image.size) >= 1


def video(content: bytes) -> None:
    """A video has RGB frames at rising seconds, or is refused by name."""
    path = FOLDER / "video.mp4"
    path.write_bytes(content)
    try:
        frames = read_video(path).frames
    except PhotoError as error:
        assert error.path == path and error.reason
    else:
        assert 1 <= len(frames) <= MAXIMUM_FRAMES
        assert all(frame.image.mode == "RGB" for frame in frames)
        seconds = [frame.second for frame in frames]
        assert np.isfinite(seconds).all() and seconds == sorted(seconds)


def table(content: bytes) -> None:
    """Each row of a table is a product or is named."""
    (FOLDER / TABLE).write_bytes(content)
    try:
        found = find_products(FOLDER)
    except ValueError as error:
        assert str(FOLDER) in str(error)
    else:
        assert found.products and all(error.reason for error in found.skipped)
        assert len({each.id for each in found.products}) == len(found.products)


def catalogue(content: bytes) -> None:
    """A catalogue has all of its rows, or is refused."""
    path = FOLDER / "shop.catalogue"
    path.write_bytes(content)
    try:
        read = read_catalogue(path, CARD)
    except CatalogueError as error:
        assert str(path) in str(error)
    else:
        assert len(read.items) == len(read.features) == len(read.interests)
        assert np.isfinite(read.interests).all()


def card(content: bytes) -> None:
    """A card is valid, or the error names what is wrong."""
    try:
        parse_card(content.decode("utf-8", "replace"))
    except CardError as error:
        assert str(error)


def photo_seeds() -> list[bytes]:
    """A small drawing of every kind."""
    image = four_corners(40, 30)
    exif = Image.Exif()
    exif[0x112] = 6
    return [encoded(image, kind, exif=exif.tobytes()) for kind in FORMATS[:4]] + [
        encoded(image, kind) for kind in FORMATS[4:]
    ]


def video_seeds() -> list[bytes]:
    """A small video with a cut and tags, in containers that phones and cameras use."""
    image = four_corners(64, 48)
    scenes = [(image, 1.0), (image.rotate(180), 1.0)]
    videos = [
        write_video(FOLDER / f"seed.{kind}", scenes, "2024-08-09T12:30:00Z", rate=2)
        for kind in ("mp4", "mkv", "avi", "ts")
    ]
    return [video.read_bytes() for video in videos]


def table_seeds() -> list[bytes]:
    """Tables with all columns, quotes and bytes of other encodings."""
    header = "picture,id,title,link,category\n"
    rows = 'a.png,1,"A ""b"", c",https://shop.example/1,x\n../b.png,2,B,http://[,\n'
    return [(header + rows).encode(), (header + "\xe9.png,,\xe9,,\n").encode("latin-1")]


def catalogue_seeds() -> list[bytes]:
    """A catalogue of two products."""
    items = tuple(Item(str(n), "Title", "", "stamp", b"RIFF") for n in range(2))
    features = np.zeros((2, CARD.features.dimension), np.uint8)
    interests = np.full((2, len(CARD.categories)), 0.25, np.float32)
    return [catalogue_bytes(Catalogue(items, features, interests), CARD)]


def card_seeds() -> list[bytes]:
    """The card of a released bundle."""
    return [(find_bundle("everyday-178") / "card.json").read_bytes()]


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "photo": (photo, photo_seeds),
    "video": (video, video_seeds),
    "table": (table, table_seeds),
    "catalogue": (catalogue, catalogue_seeds),
    "card": (card, card_seeds),
}


if __name__ == "__main__":
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    target, seeds = TARGETS[name]
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
        target(seed)
    # The peak that Linux reports includes the parent's, which may be a large test run.
    inherited_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    memory = f"-rss_limit_mb={inherited_mb + 4096}"
    limits = ["-timeout=60", memory, "-max_len=200000", "-verbosity=0"]
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={folder}/found-"]
    atheris.Setup([sys.argv[0], *limits, *options, "-seed=1", str(folder)], target)
    atheris.Fuzz()
