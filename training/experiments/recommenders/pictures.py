"""Pictures of the simulated shop's products, smaller than the packed ones."""

from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from training.features.feature_set import FeatureSet
from training.photos.pixels import load_pixels
from training.workspace import Workspace


def product_pictures(
    runs: Path, feature_set: FeatureSet, photos: np.ndarray, size: int
) -> np.ndarray:
    """Read the packed pixels of some photos and make them smaller.

    Args:
        runs: Holds `pixels.npy` and `photos.parquet`.
        feature_set: Whose numbers `photos` are.
        photos: int, photo numbers.
        size: Height and width wanted.

    Returns:
        uint8 `(photos, size, size, 3)`.

    Raises:
        ValueError: There are no packed pixels, or of other photos.
    """
    packed, table = Workspace(runs).pixels, Workspace(runs).photos
    if not (packed.is_file() and table.is_file()):
        raise ValueError(
            f"{runs}: expected pixels.npy and photos.parquet, which `python -m "
            "training photos` and `pixels` write; received none (--no-pictures "
            "leaves out the rankers that see them)"
        )
    columns = ["source", "label", "split", "group"]
    known = pd.read_parquet(table)[columns].reset_index(drop=True)
    if not known.equals(feature_set.photos[columns].astype(known.dtypes.to_dict())):
        raise ValueError(
            f"{table}: expected the photos of the feature set in their order, "
            "received others"
        )
    pixels = load_pixels(packed)
    return np.stack([_smaller(pixels[photo], size) for photo in photos])


def _smaller(pixels: np.ndarray, size: int) -> np.ndarray:
    if pixels.shape[0] == size:
        return np.asarray(pixels)
    image = Image.fromarray(np.asarray(pixels))
    return np.asarray(image.resize((size, size), Image.Resampling.BOX))
