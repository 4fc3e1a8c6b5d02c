"""Logits of photos from classifiers that were not trained on them (cross-fitting)."""

import logging
from collections.abc import Sequence

import numpy as np

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.hidden_layer import HiddenLayer, learn_hidden_layer
from training.aggregators.photo_classifier import PhotoClassifier, fit_photo_classifier
from training.aggregators.photo_evidence import PhotoEvidence
from training.features.feature_set import FeatureSet

logger = logging.getLogger(__name__)


class CrossFittedPhotoClassifier:
    """The photos of a run, standardised once, and its classifiers.

    Attributes:
        aggregator: Its standardisation is fitted; its classifier is not.
        labels: int `(photos,)`, the class of each photo, none last.

    Args:
        config: Of the run.
        feature_set: Its test photos are never looked at.
        left_out: Photos, as numbers, that training is not to have.
    """

    def __init__(
        self,
        config: PhotoEvidenceConfig,
        feature_set: FeatureSet,
        left_out: Sequence[int] | np.ndarray = (),
    ) -> None:
        self.config = config
        self.classes = len(feature_set.categories) + 1
        self.train = np.setdiff1d(feature_set.rows("train"), left_out)
        self.validation = feature_set.rows("validation")
        self.known = np.concatenate([self.train, self.validation])
        self.groups = feature_set.photos["group"].to_numpy()
        self.kinds = feature_set.photos["label"].to_numpy(str)
        self.sources = feature_set.photos["source"].to_numpy(str)
        indices = feature_set.category_indices
        self.labels = np.where(indices < 0, self.classes - 1, indices)
        self.aggregator = PhotoEvidence(
            feature_set.dimension,
            self.classes - 1,
            feature_set.scale,
            config.feature_limit,
            config.hidden,
            config.hidden_limit,
            config.linear_feature_offset,
        )
        self.aggregator.build((None, None, feature_set.dimension))
        self.aggregator.adapt(feature_set.features[self.train])
        # Test photos are never looked at: their rows stay zero.
        self.photos = np.zeros(feature_set.features.shape, np.float32)
        clipped = self.aggregator.clipped(feature_set.features[self.known])
        self.photos[self.known] = clipped.numpy()
        self._hidden_layers: dict[bytes, HiddenLayer] = {}

    def choose_regularisation(self) -> tuple[float, dict[str, float]]:
        """Returns the penalty that suits validation photos best, and all scores."""
        choices = self.config.regularisations
        if len(choices) == 1:
            return choices[0], {}
        photos, labels_ = self.photos[self.validation], self.labels[self.validation]
        scores = {}
        for choice in choices:
            classifier = self._classifier(self.train, choice)
            scores[choice] = classifier.log_likelihood(photos, labels_)
            logger.info(
                "%s: regularisation %g, log-likelihood %.4f",
                self.config.name, choice, scores[choice],
            )  # fmt: skip
        best = max(scores, key=lambda choice: scores[choice])
        return best, {str(choice): score for choice, score in scores.items()}

    def held_out_logits(self, regularisation: float) -> np.ndarray:
        """Classifies each validation photo by a classifier that has not seen it.

        Near-duplicates of a photo are held out with it, and so is all training on
        its label if it is background: most background photos of real people are
        out-of-distribution.

        Returns:
            Logits `(all photos, classes)`, zeros for photos not of validation.
        """
        logits = np.zeros((len(self.photos), self.classes), np.float32)
        fold_of = self._folds()
        for fold in range(self.config.folds):
            seen = (fold_of[self.known] != fold) & (self.config.folds > 1)
            rows = self.known[seen | (fold_of[self.known] < 0)]
            held_out = self.validation[fold_of[self.validation] == fold]
            classifier = self._classifier(rows, regularisation)
            logits[held_out] = classifier.logits(self.photos[held_out])
            logger.info(
                "%s: fold %d of %d", self.config.name, fold + 1, self.config.folds
            )
        return logits

    def held_out_classes(self, regularisation: float) -> tuple[np.ndarray, np.ndarray]:
        """Classifies photos of categories by classifiers that do not know these.

        To such a classifier they are out-of-distribution (OOD): a proxy for the photos
        of real people, far more varied than the background photos at hand.

        Returns:
            Validation photos of `config.held_out_sources`, and their logits
            `(photos, classes)`; both empty without folds or such photos.
        """
        is_of = np.isin(self.sources, self.config.held_out_sources)
        is_of &= self.labels < self.classes - 1
        rows = self.validation[is_of[self.validation]]
        logits = np.zeros((len(rows), self.classes), np.float32)
        folds = self.config.held_out_folds
        if folds < 2 or not len(rows):
            return rows[:0], logits[:0]
        random = np.random.default_rng(self.config.seed)
        categories = np.unique(
            self.labels[is_of & np.isin(self.labels, self.labels[rows])]
        )
        fold_of = np.full(self.classes, -1)
        fold_of[categories] = random.permutation(len(categories)) % folds
        for fold in range(folds):
            known = self.known[fold_of[self.labels[self.known]] != fold]
            held_out = fold_of[self.labels[rows]] == fold
            classifier = self._classifier(known, regularisation)
            logits[held_out] = classifier.logits(self.photos[rows[held_out]])
            logger.info(
                "%s: held-out classes, fold %d of %d", self.config.name, fold + 1, folds
            )
        return rows, logits

    def final_classifier(self, regularisation: float) -> PhotoClassifier:
        """Fits the classifier that is kept: the one fold's, or on all folds."""
        rows = self.known if self.config.folds > 1 else self.train
        return self._classifier(rows, regularisation)

    def _hidden(self, rows: np.ndarray) -> HiddenLayer | None:
        """Learns the hidden layer, if any, on these photos alone; only once on each."""
        config = self.config
        if not config.hidden:
            return None
        key = rows.tobytes()
        if key not in self._hidden_layers:
            self._hidden_layers[key] = learn_hidden_layer(
                self.photos[rows],
                self.labels[rows],
                self.classes,
                config.hidden,
                config.seed,
            )
        return self._hidden_layers[key]

    def _folds(self) -> np.ndarray:
        """Gives each photo the fold that holds it out; -1 for never."""
        random = np.random.default_rng(self.config.seed)
        folds = np.full(len(self.photos), -1)
        groups, members = np.unique(self.groups[self.validation], return_inverse=True)
        folds[self.validation] = random.integers(0, self.config.folds, len(groups))[
            members
        ]
        if self.config.folds > 1:
            nothing = np.flatnonzero(self.labels == self.classes - 1)
            kinds, members = np.unique(self.kinds[nothing], return_inverse=True)
            folds[nothing] = random.permutation(len(kinds))[members] % self.config.folds
        return folds

    def _classifier(self, rows: np.ndarray, regularisation: float) -> PhotoClassifier:
        fitted = fit_photo_classifier(
            self.photos[rows],
            self.labels[rows],
            self.classes,
            regularisation,
            regularisation * self.config.none_penalty,
            self.config.iterations,
            self._hidden(rows),
            self.aggregator.linear_inputs,
        )
        counts = np.bincount(self.labels[rows], minlength=self.classes)[:-1]
        excess = np.log(np.maximum(counts, 1) / counts.mean())
        bias = fitted.bias.copy()
        bias[:-1] -= np.float32(self.config.prior_correction) * excess
        return fitted._replace(bias=bias)
