"""A bundle adapted to a deployer's own users, or a refusal."""

import logging
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from export.answers import largest_difference
from export.bundle import BundleParts, write_bundle
from export.bundle_reader import BundleReader
from export.lineage import origin_of_bundle
from photo_interests.bundle.card import CardFormat1, load_card
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.processes import usable_cores
from photo_interests.progress import show_progress
from photo_interests.recommendation.products import path_beside
from training.adapter.fit_adapter import Trial, choose_and_fit, try_adapter
from training.adapter.own_evidence import universal_logits
from training.adapter.users_table import OwnUsers, read_users
from training.aggregators.adapted_evidence import AdaptedEvidence
from training.aggregators.loading import load_aggregator
from training.aggregators.photo_evidence import PhotoEvidence
from training.photos.catalogue import load_catalogue
from training.runs import running_command

SAME = 1e-3
"""How near an aggregator comes to its bundle's golden answer."""
SEED = 0

logger = logging.getLogger(__name__)


class RefusedError(ValueError):
    """An adapter that would not help users like those it was fitted on."""


def read_features(
    own: OwnUsers, users: Path, bundle: Path, stored: Path | None
) -> npt.NDArray[np.uint8]:
    """Features of the users' photos, `(photos, dimension)`.

    Args:
        own: whose photos.
        users: the table; paths of photos are relative to its folder.
        bundle: reads the photos.
        stored: `.npy` of uint8 features `(photos, dimension)` extracted before, in
            which the table's photos are row numbers; None if they are files.

    Raises:
        ValueError: A photo that cannot be read, is outside of the table's folder, or
            is no row.
    """
    card = load_card(bundle)
    if stored is not None:
        return _stored(own, stored, card.features.dimension)
    paths = [_beside(users, photo) for photo in own.photos]
    features = np.zeros((len(paths), card.features.dimension), np.uint8)
    reader = PhotoReader(bundle, card, usable_cores(), 1)
    with show_progress(len(paths)) as on_photo:
        for index, outcome in reader.read(paths):
            if isinstance(outcome, PhotoError):
                raise ValueError(
                    f"{users}: expected photos that can be read: {outcome}"
                )
            features[index] = outcome
            on_photo(None)
    return features


def adapt_bundle(
    own: OwnUsers,
    features: npt.NDArray[np.uint8],
    bundle: Path,
    aggregator: Path,
    catalogue: Path,
    target: Path,
) -> Trial:
    """Fit an adapter, try it on held-out users, and write the adapted bundle.

    Nothing of single users or photos goes into it: its golden photos are the old
    bundle's, and what is fitted are offsets and context alone.

    Args:
        own: users, whose photos the aggregator's classifier must not have been
            trained on: to those its answers would be surer than to other people's.
        features: of their photos.
        bundle: the universal one.
        aggregator: `aggregator.keras` that it was made from.
        catalogue: folder of its catalogue.
        target: folder of the new bundle, whose name is that of the folder.

    Returns:
        What the adapter did to users that it was not fitted on.

    Raises:
        RefusedError: it does not help them. Nothing was written.
        ValueError: parts that do not belong together, or too few users.
    """
    if target.resolve() == bundle.resolve():
        raise ValueError(f"{target}: expected another folder than the universal bundle")
    universal = _universal(bundle, aggregator)
    logits = universal_logits(universal, features, own.sets)
    trial = try_adapter(logits, own.truth, SEED)
    if not trial.helps:
        raise RefusedError(
            f"no bundle was written: on {trial.users} held-out users the adapter "
            f"changes MAP by {trial.gain.value:+.4f} ({trial.gain.low:+.4f} to "
            f"{trial.gain.high:+.4f}), expected a gain that is more than chance"
        )
    adapter = choose_and_fit(logits, own.truth, SEED)
    adapted = AdaptedEvidence(universal)
    adapted.build((None, None, universal.dimension))
    adapted.set_adapter(*adapter)
    card = load_card(bundle)
    training = card.training.model_copy(
        update={
            "summary": f"{card.name} {card.version}, adapted to {trial.users} users of "
            "its deployer",
            "commands": (*card.training.commands, running_command()),
        }
    )
    reader = BundleReader(bundle, card)
    parts = BundleParts(
        name=target.name,
        version=card.version,
        extractor=bundle,
        aggregator=adapted,
        features=reader.golden_set(),
        origin=origin_of_bundle(reader),
        catalogue=load_catalogue(catalogue),
        training=training,
        metrics=_metrics(trial),
    )
    write_bundle(parts, target.parent)
    return trial


def own_users(users: Path, bundle: Path) -> OwnUsers:
    """Read a table of users of the bundle's categories; see `read_users`.

    Args:
        users: Table.
        bundle: Bundle of photo evidence.

    Raises:
        ValueError: A bundle of another format, or a table that cannot be read.
    """
    card = load_card(bundle)
    if not isinstance(card, CardFormat1):
        raise ValueError(
            f"{bundle}: expected a bundle of photo evidence, whose card has format 1, "
            f"received {card.name} {card.version} of format {card.format}"
        )
    own = read_users(users, tuple(category.id for category in card.interests))
    if own.shared_photos > 0:
        logger.warning(
            "%.0f %% of the photos belong to several users: what is found on held-out "
            "users is too good by what their photos tell of each other",
            100 * own.shared_photos,
        )
    return own


def _universal(bundle: Path, path: Path) -> PhotoEvidence:
    """Load the bundle's aggregator, and prove that it is the bundle's."""
    aggregator = load_aggregator(path)
    if not isinstance(aggregator, PhotoEvidence):
        raise ValueError(
            f"{path}: expected photo evidence, which alone can be adapted, received "
            f"{type(aggregator).__name__}"
        )
    reader = BundleReader(bundle, load_card(bundle))
    run = reader.runner(reader.card.aggregator.file)
    expected = run("predict", features=reader.golden_set())["probabilities"]
    received = aggregator.explain(reader.golden_set())["probabilities"]
    if not largest_difference(received, expected) <= SAME:
        raise ValueError(
            f"{path}: expected the aggregator that {bundle} was made from, received "
            "one of other answers; `python -m training aggregators photo_evidence` "
            "trains that of everyday-178 again"
        )
    return aggregator


def _beside(users: Path, photo: str) -> Path:
    try:
        return path_beside(users, photo)
    except ValueError as error:
        raise ValueError(f"{users}: {error}") from error


def _stored(own: OwnUsers, path: Path, dimension: int) -> npt.NDArray[np.uint8]:
    features = np.load(path)
    if features.dtype != np.uint8 or features.shape[1:] != (dimension,):
        raise ValueError(
            f"{path}: expected uint8 (photos, {dimension}), received "
            f"{features.dtype} {features.shape}"
        )
    wrong = [p for p in own.photos if not (p.isdecimal() and int(p) < len(features))]
    if wrong:
        raise ValueError(
            f"{path}: expected photos numbered 0 to {len(features) - 1}, received "
            f"{wrong[0]!r}"
        )
    return features[np.array([int(photo) for photo in own.photos])]


def _metrics(trial: Trial) -> dict[str, float]:
    values = asdict(trial)
    return {
        f"held_out_{name}": values[name]["value"]
        for name in (
            "universal_map",
            "adapted_map",
            "universal_false",
            "adapted_false",
        )
    } | {"held_out_users": float(trial.users)}
