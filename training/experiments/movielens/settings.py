"""The compared rankers, each with the settings that validation chooses from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.experiments.recommenders.bpr_mf import BprMf
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.factorisation_machine import FactorisationMachine
from training.experiments.recommenders.item_models import Ease, ItemKnn
from training.experiments.recommenders.matrix_factorisation import MatrixFactorisation
from training.experiments.recommenders.nearest import Nearest
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.profile import Profile
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.vbpr import Vbpr

CORNAC, REFERENCE, PROPOSED = "BPR-MF by cornac", "BPR-MF", "proposed"
FACTORS = 50
Choices = Mapping[str, Sequence[Ranker]]
"""Of each ranker the settings to choose from."""


FM = "factorisation machine, poster clusters"
VBPR, VISUAL, DVBPR = "VBPR", "VBPR, no latent factors", "DVBPR, narrow"
PUBLISHED = {"DVBPR, CNN-F": "cnn_f", "DVBPR, AlexNet": "alexnet"}
"""DVBPR with the published networks, by the names of these."""
MEAN, NEAREST = "nearest to the mean picture", "nearest to a picture"
READ_PICTURES = (VBPR, VISUAL, DVBPR, *PUBLISHED, MEAN, NEAREST, PROPOSED)
COSTLY = (DVBPR, *PUBLISHED)
"""Only measured by leave-one-out and on new items, with the first seed."""
BESIDE_COSTLY = ("popularity", REFERENCE, VBPR)
"""What a costly ranker is measured beside where it is measured alone."""
CANNOT_RANK_NEW = ("popularity", REFERENCE)
"""Know nothing of an item without interactions: shown beside those that do."""
PICTURE_SIZE = 64
"""Height and width of DVBPR's pictures, which are squashed."""
SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Effort:
    """How much is trained.

    Attributes:
        epochs: Largest number of epochs.
        regularisations: L2 weights of factors to choose from.
        encoder_regularisations: The same of VBPR's projection of features.
        pictures_epochs: Largest number of epochs of DVBPR; 0 for no DVBPR.
    """

    epochs: int = 20
    regularisations: tuple[float, ...] = (0.01,)
    encoder_regularisations: tuple[float, ...] = (0.01,)
    pictures_epochs: int = 6


def choices(bundle: Path, effort: Effort) -> dict[str, list[Ranker]]:
    """List the rankers in the order of the tables.

    Args:
        bundle: Folder of the bundle whose profile is the proposed ranker.
        effort: How much is trained.
    """
    trained: dict[str, Any] = {
        "epochs": effort.epochs,
        "learning_rate": 0.03,
        "batch_size": 8192,
        "eval_every": 5,
        "patience": 2,
        "bias_regularisation": 0.01,
        "seed": 1,
    }
    weights = effort.regularisations
    pairs = [(r, e) for r in weights for e in effort.encoder_regularisations]
    found: dict[str, list[Ranker]] = {
        "popularity": [Popularity()],
        "ItemKNN": [
            ItemKnn(neighbours, shrinkage)
            for neighbours in (2, 5, 10, 50)
            for shrinkage in (0.0, 10.0)
        ],
        "EASE": [Ease(10.0**power) for power in (1, 1.5, 2, 2.5)],
        CORNAC: [
            BprMf(FACTORS, 5 * effort.epochs, 0.05, weight, seed=1)
            for weight in (0.003, 0.01, 0.03)
        ],
        REFERENCE: [
            MatrixFactorisation(FACTORS, **trained, regularisation=weight)
            for weight in weights
        ],
        FM: [
            FactorisationMachine(FACTORS, **trained, regularisation=weight)
            for weight in weights
        ],
        VBPR: [
            Vbpr(
                FACTORS,
                **trained,
                regularisation=weight,
                visual_factors=FACTORS,
                encoder_regularisation=encoder,
            )
            for weight, encoder in pairs
        ],
        VISUAL: [
            Vbpr(
                0,
                **trained,
                regularisation=weight,
                visual_factors=FACTORS,
                encoder_regularisation=encoder,
            )
            for weight, encoder in pairs
        ],
    }
    found |= {
        MEAN: [Nearest(of_mean=True)],
        NEAREST: [Nearest(of_mean=False)],
        PROPOSED: [
            Profile(str(bundle), False, popularity=power)
            for power in (0.0, 2.0, 4.0, 8.0)
        ],
    }
    if effort.pictures_epochs:
        found[DVBPR] = [_dvbpr(trained, effort)]
    return found


def published_choices(epochs: int) -> dict[str, list[Ranker]]:
    """List DVBPR with the published networks, in their size, from random weights.

    Visual factors and a bias of the item alone, as published.

    Args:
        epochs: Times that each picture goes through the network.
    """
    trained: dict[str, Any] = {
        "epochs": epochs,
        "learning_rate": 0.005,
        "batch_size": 8192,
        "eval_every": epochs,
        "patience": 1,
        "regularisation": 0.01,
        "bias_regularisation": 0.01,
        "seed": 1,
    }
    return {
        name: [
            Dvbpr(
                0,
                **trained,
                visual_factors=FACTORS,
                encoder_learning_rate=1e-4,
                encoder_regularisation=1e-5,
                width=1.0,
                weights="",
                frozen_convolutions=0,
                dropout=0.5,
                block=128,
                negatives=1,
                network=network,  # type: ignore[arg-type]
            )
        ]
        for name, network in PUBLISHED.items()
    }


def _dvbpr(trained: Mapping[str, Any], effort: Effort) -> Dvbpr:
    """Make DVBPR as far as two cores allow: one setting, a quarter of the channels."""
    return Dvbpr(
        FACTORS,
        **{
            **trained,
            "epochs": effort.pictures_epochs,
            "learning_rate": 0.005,
            "eval_every": 2,
        },
        regularisation=0.01,
        visual_factors=FACTORS,
        encoder_learning_rate=0.001,
        encoder_regularisation=1e-5,
        width=0.25,
        weights="",
        frozen_convolutions=0,
        dropout=0.2,
        block=128,
        negatives=1,
    )
