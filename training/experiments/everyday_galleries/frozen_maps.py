"""Maps of the frozen first blocks of EfficientNet-lite0, computed once in int8."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from export.extractor import convert_network
from photo_interests.bundle.location import find_bundle
from photo_interests.files import write_atomically
from photo_interests.photos.decode import decode
from training.experiments.everyday_galleries.backbones import LABELLED, RELU6
from training.experiments.quantised_layers import QuantisedLayers
from training.features.feature_set import FeatureSet
from training.interests import extract, photo_groups
from training.interests.photo_groups import PhotoGroups
from training.interests.released_heads import BUNDLE
from training.photos.labelled import labelled_photos
from training.scenes.views import draw_views

VIEWS = {LABELLED: 2, photo_groups.SCENES: 4}
"""Views of a photo: as it is, mirrored, cropped and lit; of other groups one."""
BATCH = 64
FEATURE_STEP = RELU6 / 255
"""Real value of one step of a stored feature of the pretrained network."""


@dataclass(frozen=True, eq=False)
class FrozenMaps:
    """What the frozen blocks, and the pretrained network above them, say of photos.

    Attributes:
        maps: uint8 `(photos, views, height, width, channels)`.
        features: Of the pretrained network in floating point, above the maps, float16
            `(photos, views, D)`.
    """

    maps: np.ndarray
    features: np.ndarray


class FrozenBlocks:
    """Computes maps of groups of photos, and keeps them.

    Args:
        lower: The frozen blocks, photos -> maps.
        upper: The blocks above as pretrained, maps -> features.
        calibration: Photos that set the ranges of the int8 steps.
        data: Photo sets.
        stored: The labelled photos, of which those to train on are read.
        cache: Folder for the maps; a group that is there is not read again.
    """

    def __init__(
        self,
        lower: keras.Model,
        upper: keras.Model,
        calibration: np.ndarray,
        data: Path,
        stored: FeatureSet,
        cache: Path,
    ) -> None:
        self.data, self.cache, self.stored = data, cache, stored
        self.rule = extract.rule_of(find_bundle(BUNDLE))
        self.groups = PhotoGroups(data, self.rule)
        file = cache / "frozen-blocks.tflite"
        if not file.exists():
            content = convert_network(lower, file.name, calibration).content
            write_atomically(file, content)
        self.layers = QuantisedLayers(file)
        self.size: tuple[int, ...] = tuple(lower.output_shape[1:])
        self.upper = upper

    def real(self, maps: np.ndarray) -> np.ndarray:
        """Give the values of stored maps, float32."""
        steps = maps.astype(np.float32) - self.layers.zero_point
        return steps * np.float32(self.layers.scale)

    def read(self, group: str) -> FrozenMaps:
        """Compute the maps of a group's photos, or read them from the cache."""
        files = [self.cache / f"{part} {group}.npy" for part in ("maps", "features")]
        if not all(file.exists() for file in files):
            maps = np.stack([self.layers(views) for views in self._views(group)])
            flat = maps.reshape(-1, *self.size)
            parts = [
                self.upper(self.real(flat[first : first + BATCH]), training=False)
                for first in range(0, len(flat), BATCH)
            ]
            features = np.concatenate([np.asarray(one, np.float16) for one in parts])
            features = features.reshape(*maps.shape[:2], -1)
            for file, values in zip(files, (maps, features), strict=True):
                temporary = file.with_suffix(".part.npy")
                np.save(temporary, values)
                temporary.replace(file)
        return FrozenMaps(*(np.load(file, mmap_mode="r") for file in files))

    def stored_features(self, group: str) -> np.ndarray:
        """Give the pretrained network's features, uint8 `(photos, views, D)`."""
        found = self.read(group).features.astype(np.float32) / FEATURE_STEP
        return np.asarray(found.round().clip(0, 255).astype(np.uint8))

    def _views(self, group: str) -> Iterator[np.ndarray]:
        random = np.random.default_rng(0)
        if group not in VIEWS:
            for pixels in extract.lazily(self.groups, group):
                yield pixels[None]
            return
        for path in self._paths(group):
            image: Image.Image = decode(path, self.rule).image
            yield np.stack(list(draw_views(image, VIEWS[group], random)))

    def _paths(self, group: str) -> list[Path]:
        if group != LABELLED:
            return self.groups.paths(group)
        photos = labelled_photos(self.data)
        return [self.data / photos[row].path for row in self.stored.rows("train")]
