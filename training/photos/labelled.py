"""The labelled photos of the three known sets, in the order of their feature sets."""

from pathlib import Path

from training.photos.catalogue import load_catalogue
from training.photos.folders import LabelledPhoto, read_known_sets
from training.photos.split import keep_known


def labelled_photos(data: Path) -> list[LabelledPhoto]:
    """List all photos but those of catch-all labels.

    Args:
        data: Folder of the photo sets.

    Raises:
        ValueError: A set or a label is missing or unknown.
    """
    return keep_known(read_known_sets(data), load_catalogue())
