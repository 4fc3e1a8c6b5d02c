"""From a finished fine-tuning run to a measured large-vocabulary model."""

from collections.abc import Mapping
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
from training.arrays import Floats
from training.backbone.fit import BackboneRun
from training.backbone.init import EXTRACTOR
from training.features.feature_set import FeatureSet
from training.metrics.evaluate import Predictions, predict_scenarios
from training.metrics.photo_accuracy import top1_by_source
from training.metrics.predictor import (
    Predictor,
    keras_predictor,
    model_predictor,
)
from training.photos.catalogue import CATEGORIES
from training.runs import Input, Record, Run, writing
from training.simulation.user_sets import UserSets
from training.vocabulary.fit import assemble, distilled_scalars
from training.vocabulary.measure import (
    accuracy_on_background,
    agreement_by_source,
    compared,
    distilled_interests,
)
from training.vocabulary.student import StudentConfig, fit_student
from training.vocabulary.views import PhotoViews, Views
from training.vocabulary.vocabulary import (
    HERE,
    TEACHER_CLASSES,
    Vocabulary,
    load_vocabulary,
)

NAME = "vocabulary_evidence"


def fit_vocabulary(
    run: BackboneRun,
    extractor: Path,
    feature_set: FeatureSet,
    user_sets: UserSets,
    work: Path,
    labels: PhotoEvidenceConfig,
    config: StudentConfig,
    inputs: Mapping[str, Input],
) -> tuple[VocabularyEvidence, Record]:
    """Fit photo evidence and the student, and assemble the whole model, as runs.

    Args:
        run: The finished fine-tuning run with distillation.
        extractor: Folder with its quantised extractor.
        feature_set: Features by that extractor.
        user_sets: Users of its photos.
        work: Folder that gets aggregators/photo_evidence and
            aggregators/vocabulary_evidence.
        labels: How photo evidence is fitted to the labelled categories.
        config: How the student is distilled.
        inputs: Files that features and users were loaded from.

    Returns:
        The model, and the record of its run, with `validation_agreement` and `scalars`.

    Raises:
        ValueError: The features have other categories than the labelled ones.
    """
    vocabulary, root = load_vocabulary(), work / "aggregators"
    _check_categories(vocabulary, feature_set)
    labelled = fit(labels, feature_set, user_sets, root, inputs=inputs)
    assert isinstance(labelled, PhotoEvidence)
    whole = Run(
        root,
        NAME,
        kind="aggregator",
        config={"labels": labels, "student": config},
        inputs={
            **inputs,
            "backbone": run.directory / EXTRACTOR,
            "extractor": extractor / "extractor.tflite",
            "photo evidence": root / labels.name / AGGREGATOR,
            "teacher classes": HERE / TEACHER_CLASSES,
            "catalogue": HERE / CATEGORIES,
        },
        output=AGGREGATOR,
    )

    def compute(values: dict[str, Any]) -> None:
        views = PhotoViews(run, extractor, feature_set, work / "views")
        student, agreement = fit_student(
            _training_views(views, config),
            views.whole("validation"),
            labelled.standardise,
            config,
            run.teacher_features,
        )
        rows = feature_set.rows("validation")
        standard = labelled.standardise(feature_set.features[rows]).numpy()
        scalars = distilled_scalars(
            student, standard, feature_set, user_sets, vocabulary, labels
        )
        model = assemble(labelled, student, scalars, vocabulary)
        with writing(whole.directory / AGGREGATOR) as path:
            keras.saving.save_model(model, path)
        values |= {"validation_agreement": agreement, "scalars": scalars}

    record = whole.ensure(compute)
    return keras.saving.load_model(whole.directory / AGGREGATOR), record


def fit_and_measure(
    run: BackboneRun,
    extractor: Path,
    feature_set: FeatureSet,
    user_sets: UserSets,
    first: tuple[Path, Path],
    work: Path,
    labels: PhotoEvidenceConfig,
    config: StudentConfig,
    inputs: Mapping[str, Input],
) -> dict[str, Any]:
    """Fit the large-vocabulary model and measure it beside a bundle.

    Args:
        run: See `fit_vocabulary`, as for all others but `first`.
        extractor: See there.
        feature_set: See there.
        user_sets: See there.
        first: A bundle to compare with, and the feature set by its extractor.
        work: See there.
        labels: See there.
        config: See there.
        inputs: See there.

    Returns:
        Ready for JSON: `backbone`, `hidden`, `catalogue`, `student`, `scalars`,
        `agreement`, `first`, `photos` (see `top1_by_source`), `scenarios`,
        `map_differences`, `further_interests` and `kinds`; see `measure` for these.
    """
    model, record = fit_vocabulary(
        run, extractor, feature_set, user_sets, work, labels, config, inputs
    )
    vocabulary, found = load_vocabulary(), record.values
    views = PhotoViews(run, extractor, feature_set, work / "views")
    agreement = {"validation_agreement": found["validation_agreement"]}
    return {
        "backbone": run.config.name,
        "hidden": labels.hidden,
        "catalogue": _counts(vocabulary),
        "student": {**asdict(config), **agreement},
        "scalars": found["scalars"],
        "agreement": _agreement(model, vocabulary, views, feature_set),
        **_compare(model, vocabulary, feature_set, user_sets, first),
        "kinds": _accuracy_on_background(model, vocabulary, feature_set),
    }


def _check_categories(vocabulary: Vocabulary, feature_set: FeatureSet) -> None:
    ids = [one.id for one in vocabulary.catalogue.categories[: vocabulary.labelled]]
    if list(feature_set.categories) != ids:
        raise ValueError(
            "feature set: expected the labelled categories of the vocabulary, "
            f"received {len(feature_set.categories)} that differ"
        )


def _training_views(views: PhotoViews, config: StudentConfig) -> Views:
    parts = [views.whole("train")]
    parts += [
        views.augmented("train", config.seed + copy) for copy in range(config.copies)
    ]
    return Views(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _counts(vocabulary: Vocabulary) -> dict[str, int]:
    return {
        "categories": len(vocabulary.catalogue.categories),
        "labelled": vocabulary.labelled,
        "areas": len(vocabulary.catalogue.areas),
        "teacher_classes": len(vocabulary.category_of),
        "teacher_classes_labelled": int(
            (vocabulary.outputs < vocabulary.labelled).sum()
        ),
        "teacher_classes_merged": len(vocabulary.merged),
    }


def _agreement(
    model: VocabularyEvidence,
    vocabulary: Vocabulary,
    views: PhotoViews,
    feature_set: FeatureSet,
) -> dict[str, dict[str, float]]:
    test, rows = views.whole("test"), feature_set.rows("test")
    logits = model.student_logits(model.standardise(test.features))
    predicted = vocabulary.order[np.argmax(logits, axis=1)]
    sources = feature_set.photos["source"].to_numpy(str)[rows]
    return agreement_by_source(predicted, test.teacher_logits.argmax(axis=1), sources)


def _compare(
    model: VocabularyEvidence,
    vocabulary: Vocabulary,
    feature_set: FeatureSet,
    user_sets: UserSets,
    first: tuple[Path, Path],
) -> dict[str, Any]:
    bundle, first_features = first[0], FeatureSet.load(first[1])
    labelled = _LabelledPredictor(keras_predictor(model), vocabulary.labelled)
    ours: Predictions = {}
    for scenario, splits in user_sets.scenarios.items():
        if "test" in splits:
            labelled.scenario = scenario
            ours |= predict_scenarios(
                labelled, user_sets, feature_set, "test", [scenario]
            )
    first_model = InterestModel(bundle)
    first_features.check_extractor(bundle / first_model.card.extractor.file)
    theirs = predict_scenarios(
        model_predictor(first_model), user_sets, first_features, "test"
    )
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] >= 0]
    probabilities = {
        "first": first_model(first_features.features[rows]).photo_probabilities,
        "proposed": model.explain(feature_set.features[rows])["photo_probabilities"],
    }
    return {
        "first": f"{first_model.card.name} {first_model.card.version}",
        "photos": top1_by_source(
            feature_set.category_indices[rows],
            {
                name: found[:, : vocabulary.labelled].argmax(axis=1)
                for name, found in probabilities.items()
            },
            feature_set.photos["source"].to_numpy(str)[rows],
        ),
        **compared(ours, theirs),
        "further_interests": distilled_interests(labelled.distilled),
    }


class _LabelledPredictor:
    """Predicts the labelled categories, and keeps the distilled ones by scenario."""

    def __init__(self, predictor: Predictor, labelled: int) -> None:
        self.predictor = predictor
        self.labelled = labelled
        self.scenario = ""
        self.distilled: dict[str, list[Floats]] = {}

    def __call__(self, features: Floats, mask: Floats) -> Floats:
        probabilities = self.predictor(features, mask)
        distilled = probabilities[:, self.labelled :]
        self.distilled.setdefault(self.scenario, []).append(distilled)
        return probabilities[:, : self.labelled]


def _accuracy_on_background(
    model: VocabularyEvidence, vocabulary: Vocabulary, feature_set: FeatureSet
) -> dict[str, dict[str, float]]:
    rows = feature_set.rows("test")
    rows = rows[feature_set.category_indices[rows] < 0]
    probabilities = model.explain(feature_set.features[rows])["photo_probabilities"]
    labels = feature_set.photos["label"].to_numpy(str)[rows]
    return accuracy_on_background(probabilities, labels, vocabulary)
