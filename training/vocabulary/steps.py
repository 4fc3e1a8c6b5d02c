"""From a finished fine-tuning run to a measured aggregator of the large vocabulary."""

import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.fit import AGGREGATOR, fit
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.vocabulary_evidence import VocabularyEvidence
from training.backbone.fit import BackboneRun
from training.features.feature_set import FeatureSet
from training.metrics.evaluate import Predictions, predict_scenarios
from training.metrics.photo_accuracy import top1_by_source
from training.metrics.predictor import (
    Predictor,
    keras_predictor,
    model_predictor,
)
from training.simulation.user_sets import UserSets
from training.vocabulary.fit import join, taught_scalars
from training.vocabulary.measure import (
    agreement_by_source,
    compared,
    further_interests,
    told_kinds,
)
from training.vocabulary.student import (
    Student,
    StudentConfig,
    fit_student,
)
from training.vocabulary.views import Viewer, Views
from training.vocabulary.vocabulary import Vocabulary, load_vocabulary

logger = logging.getLogger(__name__)
JOINT = "vocabulary_evidence"


def teach_and_measure(
    run: BackboneRun,
    extractor: Path,
    feature_set: FeatureSet,
    user_sets: UserSets,
    first: tuple[Path, Path],
    work: Path,
    labels: PhotoEvidenceConfig,
    config: StudentConfig,
) -> dict[str, Any]:
    """Fit photo evidence and the student, join them, measure them as one.

    Args:
        run: The finished fine-tuning run with distillation.
        extractor: Folder with the quantised extractor that it gave.
        feature_set: Features by that extractor.
        user_sets: Users of its photos.
        first: A bundle to compare with, and the feature set by its extractor.
        work: Gets aggregators/photo_evidence and aggregators/vocabulary_evidence.
        labels: How photo evidence learns the labelled categories.
        config: How the student learns the teacher's answers.

    Returns:
        Ready for JSON: `backbone`, `hidden`, `catalogue`, `student`, `scalars`,
        `agreement`, `first`, `photos` (see `top1_by_source`), `scenarios`,
        `map_differences`, `further_interests` and `kinds`; see `measure` for these.
    """
    vocabulary = load_vocabulary()
    _check_categories(vocabulary, feature_set)
    labelled = fit(labels, feature_set, user_sets, work / "aggregators")
    assert isinstance(labelled, PhotoEvidence)
    viewer = Viewer(run, extractor, feature_set, work / "views")
    validation = viewer.whole("validation")
    train = _training_views(viewer, config)
    student, on_validation = fit_student(
        train, validation, labelled.standardise, config, run.kept_features
    )
    rows = feature_set.rows("validation")
    inputs = labelled.standardise(feature_set.features[rows]).numpy()
    scalars = taught_scalars(
        student,
        inputs,
        feature_set,
        user_sets,
        vocabulary,
        labels,
    )
    joint = join(labelled, student, scalars, vocabulary)
    _save(joint, work / "aggregators" / JOINT)
    return {
        "backbone": run.config.name,
        "hidden": labels.hidden,
        "catalogue": _counts(vocabulary),
        "student": {**asdict(config), "validation_agreement": on_validation},
        "scalars": scalars,
        "agreement": _agreement(student, joint, viewer, feature_set),
        **_compare(joint, vocabulary, feature_set, user_sets, first),
        "kinds": _kinds(joint, vocabulary, feature_set),
    }


def _check_categories(vocabulary: Vocabulary, feature_set: FeatureSet) -> None:
    ids = [one.id for one in vocabulary.catalogue.categories[: vocabulary.labelled]]
    if list(feature_set.categories) != ids:
        raise ValueError(
            "feature set: expected the labelled categories of the vocabulary, "
            f"received {len(feature_set.categories)} that differ"
        )


def _training_views(viewer: Viewer, config: StudentConfig) -> Views:
    parts = [viewer.whole("train")]
    parts += [
        viewer.augmented("train", config.seed + copy) for copy in range(config.copies)
    ]
    return Views(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _save(joint: VocabularyEvidence, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    temporary = directory / f"unfinished.{AGGREGATOR}"
    keras.saving.save_model(joint, temporary)
    temporary.replace(directory / AGGREGATOR)


def _counts(vocabulary: Vocabulary) -> dict[str, int]:
    return {
        "categories": len(vocabulary.catalogue.categories),
        "labelled": vocabulary.labelled,
        "areas": len(vocabulary.catalogue.areas),
        "taught": len(vocabulary.category_of),
        "taught_that_are_labelled": int(
            (vocabulary.outputs < vocabulary.labelled).sum()
        ),
        "taught_that_are_joined": len(vocabulary.joined),
    }


def _agreement(
    student: Student,
    joint: VocabularyEvidence,
    viewer: Viewer,
    feature_set: FeatureSet,
) -> dict[str, dict[str, float]]:
    views, rows = viewer.whole("test"), feature_set.rows("test")
    told = student.logits(joint.standardise(views.features).numpy())
    sources = feature_set.photos["source"].to_numpy(str)[rows]
    return agreement_by_source(
        told.argmax(axis=1), views.taught.argmax(axis=1), sources
    )


def _compare(
    joint: VocabularyEvidence,
    vocabulary: Vocabulary,
    feature_set: FeatureSet,
    user_sets: UserSets,
    first: tuple[Path, Path],
) -> dict[str, Any]:
    bundle, of_first = first[0], FeatureSet.load(first[1])
    keeping = _Keeping(keras_predictor(joint), vocabulary.labelled)
    ours: Predictions = {}
    for scenario, splits in user_sets.scenarios.items():
        if "test" in splits:
            keeping.scenario = scenario
            ours |= predict_scenarios(
                keeping, user_sets, feature_set, "test", [scenario]
            )
    model = InterestModel(bundle)
    theirs = predict_scenarios(model_predictor(model), user_sets, of_first, "test")
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] >= 0]
    told = {
        "first": model(of_first.features[rows]).photo_probabilities,
        "ours": joint.explain(feature_set.features[rows])["photo_probabilities"],
    }
    sources = feature_set.photos["source"].to_numpy(str)[rows]
    return {
        "first": f"{model.card.name} {model.card.version}",
        "photos": top1_by_source(
            feature_set.category_indices[rows],
            {k: v[:, : vocabulary.labelled].argmax(axis=1) for k, v in told.items()},
            sources,
        ),
        **compared(ours, theirs),
        "further_interests": further_interests(keeping.told),
    }


class _Keeping:
    """A predictor of the labelled categories that counts the further interests."""

    def __init__(self, predictor: Predictor, labelled: int) -> None:
        self.predictor = predictor
        self.labelled = labelled
        self.scenario = ""
        self.told: dict[str, list[np.ndarray]] = {}

    def __call__(self, features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        answers = self.predictor(features, mask)
        self.told.setdefault(self.scenario, []).append(answers[:, self.labelled :])
        return answers[:, : self.labelled]


def _kinds(
    joint: VocabularyEvidence, vocabulary: Vocabulary, feature_set: FeatureSet
) -> dict[str, dict[str, float]]:
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] < 0]
    on_photos = joint.explain(feature_set.features[rows])["photo_probabilities"]
    kinds = feature_set.photos["label"].to_numpy(str)[rows]
    return told_kinds(on_photos, kinds, vocabulary)
