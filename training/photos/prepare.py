"""From photo folders to the photos table: labels, duplicate groups, split."""

import logging
from pathlib import Path

import pandas as pd

from training.photos import duplicates
from training.photos.catalogue import Catalogue, catalogue_of_labels, load_catalogue
from training.photos.folders import (
    LabelledPhoto,
    read_folder_per_class,
    read_known_sets,
)
from training.photos.split import contributor_ties, keep_known, photo_table

logger = logging.getLogger(__name__)
SPLIT_SEED = 2026


def prepare_photos(data: Path, own_set: bool = False) -> tuple[pd.DataFrame, Catalogue]:
    """Label, group and split the photos under `data`.

    Args:
        data: Folder with the three known sets, or your own set.
        own_set: Whether `data` is your own set of one folder per class.

    Returns:
        The photos table (see `training.photos.split.photo_table`), whose paths are
        relative to `data`; its catalogue.

    Raises:
        ValueError: A set or a label is missing or unknown.
    """
    photos: list[LabelledPhoto]
    if own_set:
        photos = read_folder_per_class(data)
        catalogue = catalogue_of_labels(data.name, [photo.label for photo in photos])
    else:
        catalogue = load_catalogue()
        photos = keep_known(read_known_sets(data), catalogue)
    hashes = duplicates.perceptual_hashes([data / photo.path for photo in photos])
    group = duplicates.groups(hashes, contributor_ties(photos))
    table = photo_table(photos, group, catalogue, SPLIT_SEED)
    logger.info("%d photos in %d groups", len(table), table["group"].nunique())
    return table, catalogue
