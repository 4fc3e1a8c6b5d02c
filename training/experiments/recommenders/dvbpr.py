"""DVBPR: what people like to look at, from the pixels on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import keras
import numpy as np

from training.backbone.config import FEATURES
from training.backbone.mobilenet import build_extractor, freeze
from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.gradient_ranker import GradientRanker
from training.experiments.recommenders.published_networks import NETWORKS, SIZE
from training.experiments.recommenders.triples import TripleSampler

STATISTICS_MOMENTUM = 0.9
"""Of batch norm: a run has hundreds of steps, for which Keras' .99 is too slow."""


@dataclass
class Dvbpr(GradientRanker):
    """Kang et al., "Visually-Aware Fashion Recommendation …" (ICDM 2017), section 4.

    x_ui = theta_u . phi(X_i), trained end to end; with beta_i + gamma_u . gamma_i as in
    the visual recommenders' tutorial, whose authors found them crucial, when `factors`
    is more than 0. phi is a MobileNet, or one of the published networks, which have 60
    million weights (see `published_networks`). Batches hold a block of items with all
    pairs on them, so that a picture goes through the network once for many triples.

    Attributes:
        visual_factors: Length of theta and phi.
        encoder_learning_rate: Learning rate of the network.
        encoder_regularisation: L2 of the network's kernels.
        width: Of MobileNet: 1 for all channels, .25 for a quarter.
        weights: Fine-tuned extractor to start from, "" for random ones; needs
            width 1.
        frozen_convolutions: Of 27, those that stay as they are.
        dropout: Before the last layer.
        block: Items of a batch.
        negatives: Items set against each pair of a block.
        network: `mobilenet`, `cnn_f` or `alexnet`; width, weights and frozen
            convolutions are of the first alone.
    """

    visual_factors: int
    encoder_learning_rate: float
    encoder_regularisation: float
    width: float
    weights: str
    frozen_convolutions: int
    dropout: float
    block: int
    negatives: int
    network: Literal["mobilenet", "cnn_f", "alexnet"] = "mobilenet"

    def build(self, data: RankingData) -> BprModel:
        """Make the model before training.

        Raises:
            ValueError: The items have no pictures.
        """
        if data.pixels is None:
            raise ValueError("pixels: expected pictures of the items, received none")
        return BprModel(
            len(data.users),
            len(data.items),
            self.factors,
            encoder=self._encoder(data.pixels.shape[1]),
            visual_factors=self.visual_factors,
            regularisation=self.regularisation,
            bias_regularisation=self.bias_regularisation,
            encoder_regularisation=self.encoder_regularisation,
        )

    @property
    def encoder_rate(self) -> float:
        """Learning rate of the network."""
        return self.encoder_learning_rate

    def inputs(self, data: RankingData) -> np.ndarray | None:
        """Pictures, uint8 `(items, size, size, 3)`."""
        return data.pixels

    def batches(self, sampler: TripleSampler) -> Iterable[np.ndarray]:
        """Go through the pairs block by block of items."""
        return sampler.blocks(self.block, self.negatives)

    def _encoder(self, size: int) -> keras.Model:
        pixels = keras.Input((size, size, 3), dtype="uint8")
        scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(pixels)
        if self.network != "mobilenet":
            if size != SIZE:
                raise ValueError(
                    f"{self.network}: expected pictures of {SIZE} x {SIZE} pixels, "
                    f"received {size} x {size}"
                )
            made = NETWORKS[self.network](self.visual_factors, self.dropout)
            return keras.Model(pixels, made(scaled))
        if self.weights:
            network = build_extractor(size)
            load_extractor(network, Path(self.weights))
            freeze(network, self.frozen_convolutions)
        else:
            network = keras.applications.MobileNet(
                (size, size, 3), alpha=self.width, include_top=False, weights=None,
                pooling="avg",
            )  # fmt: skip
            for layer in network.layers:
                if isinstance(layer, keras.layers.BatchNormalization):
                    layer.momentum = STATISTICS_MOMENTUM
        features = keras.layers.Dropout(self.dropout)(network(scaled))
        return keras.Model(pixels, keras.layers.Dense(self.visual_factors)(features))


def load_extractor(network: keras.Model, path: Path) -> None:
    """Give a MobileNet the weights of a trained extractor of any input size.

    Raises:
        ValueError: There is no such file, or it is another network.
    """
    if not path.is_file():
        raise ValueError(f"expected a trained extractor, received no file {path}")
    trained = keras.saving.load_model(path, compile=False)
    own, other = ([tuple(w.shape) for w in each.weights] for each in (network, trained))
    if own != other:
        raise ValueError(
            f"{path}: expected the {len(own)} weights of MobileNet v1 with "
            f"{FEATURES} features, received {len(other)} others"
        )
    network.set_weights(trained.get_weights())
