"""Fine-tunes the last convolutions of MobileNet v1 on stored maps of the frozen ones.

The frozen convolutions see each augmented view once, in int8, which is what makes a
fine-tuning of minutes on one core. It is the first stage of `backbone_two_cores` (same
frozen convolutions, rate, crops, loss and augmentation) for 6 epochs instead of 2; that
run's second stage, 8 epochs of all layers, is left out.
"""

from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from export.extractor import convert_network
from training.arrays import Bytes, Floats, Integers
from training.backbone.augmentation import training_batches
from training.backbone.linear_init import initialise_dense
from training.backbone.mobilenet import at_size, freeze
from training.backbone.probe import fit_logistic
from training.experiments.quantised_layers import QuantisedLayers
from training.runs import writing
from training.runs.keras_progress import KerasProgress

CLASSIFIER = "photo_classifier"


@dataclass(frozen=True)
class LastBlocks:
    """How the last convolutions are fine-tuned.

    Attributes:
        name: Name of the run.
        frozen_convolutions: Number of the first convolutions that stay as they are.
        views: Augmented views of each photo whose maps are stored.
        epochs: Passes over the photos, each over the next view.
        crop_size: Height and width of the views, in pixels.
        min_crop_area: Smallest share of a photo's area that a view keeps.
        batch_size: Photos in a step.
        learning_rate: Adam's; it falls to 0 along half a cosine.
        dropout: Of the features that the classifier reads.
        inverse_regularisation: Of the logistic regression it starts from.
        calibration_photos: Training photos that set the ranges of the int8 maps.
        seed: Of views, shuffling and dropout.
    """

    name: str = "backbone_last_blocks"
    frozen_convolutions: int = 22
    views: int = 4
    epochs: int = 6
    crop_size: int = 160
    min_crop_area: float = 0.35
    batch_size: int = 64
    learning_rate: float = 1e-3
    dropout: float = 0.2
    inverse_regularisation: float = 0.02
    calibration_photos: int = 200
    seed: int = 1


@dataclass(frozen=True, eq=False)
class StoredMaps:
    """One augmented view of all training photos, as the frozen convolutions see it.

    Attributes:
        maps: uint8 `(photos, height, width, channels)`.
        labels: int32 `(photos,)`.
    """

    maps: Bytes
    labels: Integers


def fine_tune(
    extractor: keras.Model,
    pixels: Bytes,
    rows: Integers,
    labels: Integers,
    config: LastBlocks,
    scratch: Path,
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Fine-tune; a killed run resumes with the view or the epoch that it was in.

    Args:
        extractor: Pretrained, photos -> features; it keeps its weights.
        pixels: uint8 `(photos, height, width, 3)`.
        rows: Training photos.
        labels: One for each of `rows`; the background class last.
        config: See `LastBlocks`.
        scratch: Folder of maps and of the backup.

    Returns:
        The fine-tuned extractor, for photos of the same size, and the course of loss
        and accuracy by epoch.
    """
    keras.utils.set_random_seed(config.seed)
    network = at_size(extractor, config.crop_size)
    freeze(network, config.frozen_convolutions)
    lower, upper = split(network, config.frozen_convolutions)
    drawn = np.random.default_rng(config.seed).permutation(rows)
    sample = np.sort(drawn[: config.calibration_photos])
    frozen = FrozenLayers(lower, pixels[sample], scratch)
    views = [
        frozen.view(number, pixels, rows, labels, config)
        for number in range(config.views)
    ]
    model = _classifier(frozen.dequantised(upper), int(labels.max()) + 1, config)
    first = views[0]
    features = model.get_layer("features_of_maps").predict(
        first.maps, batch_size=config.batch_size, verbose=0
    )
    initialise_dense(
        model, CLASSIFIER, features, lambda x: _logistic(x, first.labels, config)
    )
    history = _train(model, views, config, scratch)
    tuned = at_size(network, extractor.input_shape[1])
    return tuned, history


def split(network: keras.Model, convolutions: int) -> tuple[keras.Model, keras.Model]:
    """Cut a network of one branch after the activation of a convolution.

    Args:
        network: Photos -> features; both parts share its layers.
        convolutions: Number of convolutions of the first part.

    Returns:
        Photos -> maps, and maps -> features.
    """
    seen, cut = 0, 0
    for number, layer in enumerate(network.layers):
        if isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D):
            seen += 1
        if seen == convolutions and isinstance(layer, keras.layers.ReLU):
            cut = number
            break
    else:
        raise ValueError(
            f"convolutions: expected at most {seen}, received {convolutions}"
        )
    lower = keras.Model(network.input, network.layers[cut].output)
    maps = keras.Input(lower.output_shape[1:])
    outputs = maps
    for layer in network.layers[cut + 1 :]:
        outputs = layer(outputs)
    return lower, keras.Model(maps, outputs)


class FrozenLayers:
    """The frozen convolutions in int8, and the views that they have seen.

    Args:
        lower: Photos -> maps.
        calibration: Photos that set the ranges, uint8 `(photos, height, width, 3)`.
        directory: Folder of the stored views.
    """

    def __init__(self, lower: keras.Model, calibration: Bytes, directory: Path) -> None:
        size = lower.input_shape[1]
        small = tf.image.resize(calibration, (size, size), antialias=True)
        photos = np.clip(np.round(small.numpy()), 0, 255).astype(np.uint8)
        content = convert_network(lower, "frozen-layers.tflite", photos).content
        self._layers = QuantisedLayers(content)
        self._directory = directory

    def view(
        self,
        number: int,
        pixels: Bytes,
        rows: Integers,
        labels: Integers,
        config: LastBlocks,
    ) -> StoredMaps:
        """Compute one view of the photos, or read it where it is stored."""
        files = [
            self._directory / f"{part}-{number}.npy" for part in ("maps", "labels")
        ]
        if not all(file.exists() for file in files):
            maps, seen = [], []
            for images, wanted in training_batches(
                pixels,
                rows,
                labels,
                batch_size=config.batch_size,
                crop_size=config.crop_size,
                min_crop_area=config.min_crop_area,
                seed=config.seed + number,
            ):
                photos = np.round((images.numpy() + 1) * 127.5).astype(np.uint8)
                maps.append(self._layers(photos))
                seen.append(wanted.numpy())
            found = (np.concatenate(maps), np.concatenate(seen))
            for file, values in zip(files, found, strict=True):
                with writing(file) as path, path.open("wb") as stream:
                    np.save(stream, values)
        return StoredMaps(np.load(files[0], mmap_mode="r"), np.load(files[1]))

    def dequantised(self, upper: keras.Model) -> keras.Model:
        """Give the layers above for stored maps, uint8 -> features."""
        maps = keras.Input(upper.input_shape[1:], dtype="uint8")
        outputs = upper(self._layers.rescaling()(maps))
        return keras.Model(maps, outputs, name="features_of_maps")


def _classifier(features: keras.Model, outputs: int, config: LastBlocks) -> keras.Model:
    maps = keras.Input(features.input_shape[1:], dtype="uint8")
    seen = keras.layers.Dropout(config.dropout, seed=config.seed)(features(maps))
    return keras.Model(maps, keras.layers.Dense(outputs, name=CLASSIFIER)(seen))


def _logistic(
    standard: Floats, labels: Integers, config: LastBlocks
) -> tuple[Floats, Floats]:
    fitted = fit_logistic(standard, labels, config.inverse_regularisation)
    return fitted.coef_.T, fitted.intercept_


class _Views(keras.utils.PyDataset):
    """Batches of one view an epoch, shuffled."""

    def __init__(self, views: list[StoredMaps], config: LastBlocks) -> None:
        super().__init__()
        self.views, self.config, self.epoch = views, config, 0

    def __len__(self) -> int:
        return -(-len(self.views[0].labels) // self.config.batch_size)

    def __getitem__(self, number: int) -> tuple[Bytes, Integers]:
        view = self.views[self.epoch % len(self.views)]
        random = np.random.default_rng((self.config.seed, self.epoch))
        order = random.permutation(len(view.labels))
        size = self.config.batch_size
        rows = np.sort(order[number * size : (number + 1) * size])
        return np.asarray(view.maps[rows]), view.labels[rows]

    def on_epoch_end(self) -> None:
        """Go to the next view."""
        self.epoch += 1


def _train(
    model: keras.Model, views: list[StoredMaps], config: LastBlocks, scratch: Path
) -> dict[str, list[float]]:
    batches = _Views(views, config)
    rate = keras.optimizers.schedules.CosineDecay(
        config.learning_rate, config.epochs * len(batches)
    )
    model.compile(
        keras.optimizers.Adam(rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=False,
    )
    history = model.fit(
        batches,
        epochs=config.epochs,
        verbose=0,
        shuffle=False,
        callbacks=[
            keras.callbacks.BackupAndRestore(scratch / "backup"),
            KerasProgress(config.name, config.epochs),
        ],
    )
    return {name: list(map(float, values)) for name, values in history.history.items()}
