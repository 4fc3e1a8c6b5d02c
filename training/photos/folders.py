"""Reads labelled photo folders: the three known sets, and your own sets."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EXTENSIONS = {".jpg", ".jpeg", ".png", ".webp", ".heic"}


@dataclass(frozen=True)
class LabelledPhoto:
    """A photo and its label.

    Attributes:
        source: Name of its photo set.
        path: Path relative to the data directory, with forward slashes.
        label: Class name in its set.
        contributor: Number of the person who took it, or -1 where that is unknown.
    """

    source: str
    path: str
    label: str
    contributor: int = -1


def read_known_sets(data: Path) -> list[LabelledPhoto]:
    """Read Caltech-101, Grocery Store and the clothing contributors under `data`.

    Raises:
        ValueError: One of the three folders is missing.
    """
    return [*_caltech(data), *_grocery(data), *_clothing(data)]


def read_folder_per_class(folder: Path) -> list[LabelledPhoto]:
    """Read your own set: a folder for each class, photos anywhere below it.

    Raises:
        ValueError: There is no folder with a photo in it.
    """
    photos = [
        LabelledPhoto(folder.name, path.relative_to(folder).as_posix(), label)
        for label, path in _class_folders(folder)
    ]
    if not photos:
        raise ValueError(f"expected a folder per class with photos, received {folder}")
    return photos


def _caltech(data: Path) -> Iterator[LabelledPhoto]:
    for label, path in _class_folders(_folder(data, "images_caltech101")):
        yield LabelledPhoto("caltech", path.relative_to(data).as_posix(), label)


def _grocery(data: Path) -> Iterator[LabelledPhoto]:
    root = _folder(data, "images_grocery")
    for name in ("train", "val", "test"):
        for line in (root / f"{name}.txt").read_text().splitlines():
            path = line.split(",")[0]
            yield LabelledPhoto(
                "grocery", f"{root.name}/{path}", Path(path).parent.name
            )


def _clothing(data: Path) -> Iterator[LabelledPhoto]:
    root = _folder(data, "images_clothing_users")
    with (root / "images.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            path = f"{root.name}/images/{row['image']}.jpg"
            yield LabelledPhoto("clothing", path, row["label"], int(row["sender_id"]))


def _class_folders(root: Path) -> Iterator[tuple[str, Path]]:
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in EXTENSIONS:
                yield folder.name, path


def _folder(data: Path, name: str) -> Path:
    folder = data / name
    if not folder.is_dir():
        raise ValueError(f"expected the photo set {name} in {data}, received no folder")
    return folder
