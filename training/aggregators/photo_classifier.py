"""The photo classifier of photo evidence: multinomial logistic regression.

Of the features; with a hidden layer over them the mean of two, one of the features and
one of the layer's units.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.special import log_softmax

from training.aggregators.hidden_layer import HiddenLayer


class LinearInputs(NamedTuple):
    """The features that the classifier reads beside a hidden layer, which reads all.

    Attributes:
        limit: Features are clipped to [-limit, limit].
        start: Number of the first feature read.
    """

    limit: float
    start: int = 0

    def __call__(self, photos: np.ndarray) -> np.ndarray:
        """Selects and clips standardised features `(photos, dimension)`."""
        return np.clip(photos[:, self.start :], -self.limit, self.limit)


class PhotoClassifier(NamedTuple):
    """A linear classifier of standardised features, background as last class.

    Attributes:
        kernel: float32 `(linear features + hidden units, classes)`.
        bias: float32 `(classes,)`.
        hidden: Hidden layer whose units are read too; None for the features alone.
        linear_inputs: Selects the features beside hidden units; None for all.
    """

    kernel: np.ndarray
    bias: np.ndarray
    hidden: HiddenLayer | None = None
    linear_inputs: LinearInputs | None = None

    def logits(self, photos: np.ndarray) -> np.ndarray:
        """Scores standardised photos `(photos, dimension)`."""
        return (
            np.hstack(_read(photos, self.hidden, self.linear_inputs)) @ self.kernel
            + self.bias
        )

    def log_likelihood(self, photos: np.ndarray, labels: np.ndarray) -> float:
        """Returns the mean log probability of the photos' own classes.

        At the best scale of the logits: `fit_scalars` will fit one anyway, and more
        regularisation would otherwise be penalised for its small logits alone.
        """
        logits = self.logits(photos).astype(np.float64)

        def loss(log_scale: float) -> float:
            chances = log_softmax(np.exp(log_scale) * logits, axis=1)
            return -float(chances[np.arange(len(labels)), labels].mean())

        return -float(minimize_scalar(loss, bounds=(-2, 3), method="bounded").fun)


def fit_photo_classifier(
    photos: np.ndarray,
    labels: np.ndarray,
    classes: int,
    regularisation: float,
    none_regularisation: float,
    iterations: int,
    hidden: HiddenLayer | None = None,
    linear_inputs: LinearInputs | None = None,
) -> PhotoClassifier:
    """Fits by L-BFGS on all photos at once.

    The background class may be regularised more than the others: with weights near zero
    its logit is nearly the same for every photo, a bar that the evidence for any
    category must pass. Out-of-distribution photos then fall below it; weights fitted
    to the background classes at hand would not detect them.

    With a hidden layer two classifiers are fitted apart, one of the features and one
    of the layer's units, and the result is the mean of their scores: they err on
    different photos, and fitted together the units would do it alone.

    Args:
        photos: Standardised features, float32 `(photos, dimension)`.
        labels: Their classes, int `(photos,)`, none as `classes - 1`.
        classes: Categories and none.
        regularisation: L2 penalty of the weights of a category.
        none_regularisation: L2 penalty of the weights of none.
        iterations: Steps, at most.
        hidden: Learnt before on the same photos; stays as it is.
        linear_inputs: What is read of the features beside a hidden layer; None for all.
    """
    if hidden is not None:
        arguments = labels, classes, regularisation, none_regularisation, iterations
        fitted = [
            fit_photo_classifier(part, *arguments)
            for part in _read(photos, hidden, linear_inputs)
        ]
        kernel = np.vstack([one.kernel for one in fitted]) / len(fitted)
        bias = np.mean([one.bias for one in fitted], axis=0)
        return PhotoClassifier(kernel, bias, hidden, linear_inputs)
    targets = np.eye(classes, dtype=np.float32)[labels]
    penalty = np.full(classes, regularisation, np.float32)
    penalty[-1] = none_regularisation
    shape = (photos.shape[1] + 1, classes)

    def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape).astype(np.float32)
        kernel, bias = weights[:-1], weights[-1]
        chances = log_softmax(photos @ kernel + bias, axis=1)
        loss = -(targets * chances).sum(dtype=np.float64) / len(photos)
        loss += 0.5 * (penalty * kernel**2).sum(dtype=np.float64)
        error = (np.exp(chances) - targets) / np.float32(len(photos))
        gradient = np.empty(shape)
        gradient[:-1] = photos.T @ error + penalty * kernel
        gradient[-1] = error.sum(axis=0)
        return float(loss), gradient.ravel()

    start = np.zeros(np.prod(shape))
    fitted = minimize(
        loss_and_gradient,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": iterations},
    )
    weights = fitted.x.reshape(shape).astype(np.float32)
    return PhotoClassifier(weights[:-1], weights[-1])


def _read(
    photos: np.ndarray, hidden: HiddenLayer | None, linear_inputs: LinearInputs | None
) -> list[np.ndarray]:
    """Give what the classifier reads of standardised photos `(photos, dimension)`."""
    own = photos if linear_inputs is None else linear_inputs(photos)
    return [own] if hidden is None else [own, hidden(photos)]
