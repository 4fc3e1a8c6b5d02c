"""Configs of the training of aggregators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from training.aggregators.aggregator import Aggregator
from training.simulation import scenario_names
from training.simulation.config import SimulationConfig


@dataclass(frozen=True)
class SetTrainingConfig:
    """Trains an aggregator on users' sets of photos.

    Attributes:
        name: Names the run's directory.
        aggregator: The class to train.
        options: Its constructor's arguments beyond dimension, categories and scale.
        epochs: Passes over the users, at most.
        patience: Epochs without a better validation MAP after which training ends.
        batch_users: Users in a step.
        learning_rate: Adam's; the first one if it decays.
        cosine_decay: Whether it falls to 0 along half a cosine over all epochs.
        weight_decay: Decoupled weight decay of AdamW; 0 for Adam.
        input_dropout: Share of each photo's standardised features dropped in training.
        input_noise: Deviation of Gaussian noise added to them in training.
        positive_weight: Of the weighted cross-entropy: what a missed interest costs.
        training_users: The first so many users of the training split; None for all.
        scenarios: The scenarios whose users train it.
        raw_features: Whether features are read as they are, as the published recipe
            does; None and False for standardised ones.
        redrawn_users: Simulation that draws other users of the same population for
            each epoch after the first; None for the same users in every epoch.
        seed: Of the first weights, shuffling and dropout.
    """

    name: str
    aggregator: "type[Aggregator]"
    options: Mapping[str, Any] = field(default_factory=dict)
    epochs: int = 20
    patience: int = 3
    batch_users: int = 128
    learning_rate: float = 1e-3
    cosine_decay: bool = False
    weight_decay: float = 0.0
    input_dropout: float = 0.0
    input_noise: float = 0.0
    positive_weight: float = 1.0
    training_users: int | None = None
    scenarios: tuple[str, ...] = (scenario_names.USERS,)
    raw_features: bool | None = None
    redrawn_users: SimulationConfig | None = None
    seed: int = 1

    @property
    def augments(self) -> bool:
        """Whether photos are altered in training."""
        return self.input_dropout > 0 or self.input_noise > 0


@dataclass(frozen=True)
class PhotoEvidenceConfig:
    """Fits photo evidence: a classifier on photos, six scalars on users.

    Attributes:
        name: Names the run's directory.
        regularisations: L2 penalties of the photo classifier to choose from, by the
            likelihood of validation photos.
        none_penalty: Factor on the penalty of the background class; see
            `fit_photo_classifier`.
        prior_correction: Which part of the training photos' class frequencies, as
            log odds, is taken out of the classifier's bias (Menon et al., "Long-tail
            learning via logit adjustment", 2021): people do not photograph things as
            often as data sets contain them.
        iterations: Steps of the photo classifier's optimiser, at most.
        folds: Parts into which validation photos are split: each is classified by a
            classifier trained on the others, for fitting the scalars; the final
            classifier is trained on all of them. With 1, it is trained on none.
        scenarios: The scenarios whose validation users the scalars are fitted on, with
            the weight of each in the loss.
        photo_weight: Weight of the likelihood of single photos in that loss, which
            keeps the classes of a photo calibrated.
        feature_limit: Largest size of a standardised feature; what is beyond is cut.
        hidden: Units of the hidden layer; see `PhotoEvidence`.
        hidden_limit: Largest size of a feature that the hidden layer reads; at least
            `feature_limit`.
        linear_feature_offset: First feature that the classifier reads beside a hidden
            layer.
        held_out_sources: Photo sets whose categories are unlike each other. To a
            classifier trained without one of them its photos are out-of-distribution.
        held_out_folds: Folds of these categories, each held out once; with less
            than 2, none is.
        held_out_weight: Weight in that loss of people whose photos are all of such
            held-out classes.
        max_false_positives: False positives that a gallery may have on average; see
            `tune_size_penalty`.
        seed: Of the folds.
    """

    name: str
    regularisations: tuple[float, ...] = (0.002, 0.005, 0.012)
    none_penalty: float = 100.0
    prior_correction: float = 0.5
    iterations: int = 40
    folds: int = 3
    scenarios: tuple[tuple[str, float], ...] = (
        (scenario_names.USERS, 1.0),
        (scenario_names.gallery(100), 0.1),
        (scenario_names.gallery(500), 0.1),
        (scenario_names.gallery(4096), 0.1),
    )
    photo_weight: float = 0.02
    feature_limit: float = 1.0
    hidden: int = 0
    hidden_limit: float = 2.0
    linear_feature_offset: int = 0
    held_out_sources: tuple[str, ...] = ("caltech",)
    held_out_folds: int = 4
    held_out_weight: float = 0.2
    max_false_positives: float = 2.0
    seed: int = 1


AggregatorConfig = SetTrainingConfig | PhotoEvidenceConfig
