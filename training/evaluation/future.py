"""Which interests come later, told from the earlier photos: the second protocol."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import Ridge

from training.evaluation.bootstrap import Bootstrap
from training.evaluation.metrics import average_precision
from training.evaluation.predictor import Predictor, predict_sets
from training.evaluation.taste_groups import TasteGroups, fit_taste_groups
from training.evaluation.time_split import split_by_time
from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.users.user_sets import UserSet, UserSets, labels
from training.users.worlds import USERS

logger = logging.getLogger(__name__)
RIDGES = (10.0, 100.0, 1000.0, 10_000.0)
GROUPS = (15, 30)
CONCENTRATION = 0.1
TOLD_CONCENTRATIONS = (0.1, 0.3, 1.0)
BLENDS = (0.0, 0.25, 0.5, 0.75)
BOUND_CONCENTRATIONS = (0.05, 0.1, 0.2, 0.4, 0.8)


@dataclass(frozen=True, eq=False)
class Cut:
    """Users of one split, cut in time.

    Attributes:
        earlier: bool `(users, D)`, categories of the photos shown.
        later: bool `(users, D)`, of the photos to come.
        answers: Probabilities from the earlier photos, `(users, D)`, by aggregator.
        left_out: Users whose histories cannot be cut.
    """

    earlier: np.ndarray
    later: np.ndarray
    answers: dict[str, np.ndarray]
    left_out: int

    @property
    def new(self) -> np.ndarray:
        """Later categories that no earlier photo shows."""
        return self.later & ~self.earlier

    def precision(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        """Average precision of each user, NaN where nothing is to be found.

        `all`: every later category, ranked among all. `new`: those not seen before,
        ranked among the categories not seen before, for every model the same.
        """
        unseen = np.where(self.earlier, -np.inf, scores)
        return {
            "all": average_precision(self.later, scores),
            "new": average_precision(self.new, unseen),
        }


def cut_users(
    predictors: Mapping[str, Predictor], sets: UserSets, feature_set: FeatureSet
) -> dict[str, Cut]:
    """Cut the users of each split and let aggregators read the earlier parts."""
    cuts = {}
    for split in SPLITS:
        cuts[split] = cut_sets(predictors, sets.sets(USERS, split), feature_set)
        logger.info("%s: %d users cut", split, len(cuts[split].later))
    return cuts


def cut_sets(
    predictors: Mapping[str, Predictor],
    users: Sequence[UserSet],
    feature_set: FeatureSet,
) -> Cut:
    """Cut some users and let aggregators read the earlier parts."""
    parts = split_by_time(users)
    return Cut(
        labels(parts.earlier, feature_set).astype(bool),
        labels(parts.later, feature_set).astype(bool),
        {
            name: predict_sets(predictor, parts.earlier, feature_set)
            for name, predictor in predictors.items()
        },
        parts.left_out,
    )


def measure_future(
    cuts: Mapping[str, Cut], tastes: np.ndarray | None = None, seed: int = 0
) -> dict[str, Any]:
    """Measure everything that tells later interests on the users of the test.

    Settings are chosen on validation users by what is measured, for `all` and `new`
    each. The evidence of the first aggregator is what the co-occurrence model reads.

    Args:
        cuts: From `cut_users`.
        tastes: The simulator's own groups, for the bound; None for real people.
        seed: Of the bootstrap and of the first groups.

    Returns:
        Ready for JSON: `users`, `left_out`, `with_new`, and `models`: name -> `all`
        and `new` -> MAP with interval, its difference to ridge over the same evidence
        with interval, and the setting chosen.
    """
    evidence = next(iter(cuts["test"].answers))
    models = _models(cuts, evidence, tastes, seed)
    test = cuts["test"]
    bootstrap = Bootstrap(len(test.later), seed)
    reference = f"{evidence} -> ridge"
    measured: dict[str, Any] = {}
    chosen: dict[str, dict[str, np.ndarray]] = {}
    for name, settings in models.items():
        measured[name], chosen[name] = {}, {}
        for kind in ("all", "new"):
            means = {
                setting: float(np.nanmean(cuts["validation"].precision(valid)[kind]))
                for setting, (valid, _) in settings.items()
            }
            best = max(means, key=lambda setting: means[setting])
            precision = test.precision(settings[best][1])[kind]
            chosen[name][kind] = precision
            measured[name][kind] = {
                "map": asdict(bootstrap.mean(precision)),
                "setting": best,
            }
    for name, kinds in measured.items():
        for kind, one in kinds.items():
            one["above_ridge"] = asdict(
                bootstrap.difference(chosen[name][kind], chosen[reference][kind])
            )
    return {
        "users": len(test.later),
        "left_out": test.left_out,
        "with_new": int(test.new.any(axis=1).sum()),
        "models": measured,
    }


Settings = dict[str, tuple[np.ndarray, np.ndarray]]


def _models(
    cuts: Mapping[str, Cut], evidence: str, tastes: np.ndarray | None, seed: int
) -> dict[str, Settings]:
    """Scores of validation and test users by model and setting."""
    train, parts = cuts["train"], (cuts["validation"], cuts["test"])
    popularity = train.later.mean(axis=0)
    models: dict[str, Settings] = {
        "popularity": {"": _pair(np.tile(popularity, (len(p.later), 1)) for p in parts)}
    }
    for name in train.answers:
        models[name] = {"": _pair(p.answers[name] for p in parts)}
        models[f"{name} -> ridge"] = {
            f"penalty {penalty:g}": _ridge(cuts, name, penalty) for penalty in RIDGES
        }
    models["co-occurrence over evidence"] = _co_occurrence(cuts, evidence, seed)
    if tastes is not None:
        models["bound: true categories, the simulator's own groups"] = {
            f"concentration {c:g}, seen {seen:g}": _pair(
                _with_seen(
                    TasteGroups(tastes, c).expected(p.earlier.astype(float)),
                    p.earlier.astype(float),
                    seen,
                )
                for p in parts
            )
            for c in BOUND_CONCENTRATIONS
            for seen in BLENDS
        }
    return models


def _ridge(cuts: Mapping[str, Cut], name: str, penalty: float) -> tuple:
    ridge = Ridge(alpha=penalty)
    ridge.fit(cuts["train"].answers[name], cuts["train"].later.astype(np.float32))
    parts = (cuts["validation"], cuts["test"])
    return _pair(ridge.predict(p.answers[name]) for p in parts)


def _co_occurrence(cuts: Mapping[str, Cut], evidence: str, seed: int) -> Settings:
    """Groups learnt from training users' categories, read from others' evidence."""
    train = cuts["train"]
    counts = (train.earlier | train.later).astype(np.float32)
    answers = [cuts[split].answers[evidence] for split in ("validation", "test")]
    settings: Settings = {}
    for groups in GROUPS:
        model = fit_taste_groups(counts, groups, CONCENTRATION, seed=seed)
        logger.info("%d groups of taste fitted", groups)
        for concentration in TOLD_CONCENTRATIONS:
            reader = TasteGroups(model.tastes, concentration)
            for seen in BLENDS:
                name = (
                    f"{groups} groups, concentration {concentration:g}, seen {seen:g}"
                )
                settings[name] = _pair(
                    _with_seen(reader.expected(one), one, seen) for one in answers
                )
    return settings


def _with_seen(expected: np.ndarray, seen: np.ndarray, weight: float) -> np.ndarray:
    """Weigh that people stay with what they have shown against what comes anew."""
    return (1 - weight) * expected + weight * seen


def _pair(scores: Any) -> tuple[np.ndarray, np.ndarray]:
    validation, test = scores
    return validation, test
