"""Sums of probabilities and odds in log space, from builtin TFLite operations only.

`log1p`, `softplus` and `logaddexp` have no TFLite builtin; these spell them out.
"""

from keras import ops

from training.arrays import Tensor

EMPTY = -1e30
"""The logarithm of nothing: far below any evidence, yet finite in float32."""

TINY = 1e-37
"""Next to nothing as a number, still a normal float32: log-odds end at 85."""


def log_sum_exp(values: Tensor, axis: int) -> Tensor:
    """Returns log(sum(exp(values))) along one axis, without overflow."""
    top = ops.max(values, axis=axis, keepdims=True)
    total = ops.sum(ops.exp(values - top), axis=axis)
    return ops.squeeze(top, axis=axis) + ops.log(total)


def shares(values: Tensor, axis: int) -> Tensor:
    """Returns softmax(values) along one axis, which may have length 1."""
    return log_sum_exp_and_shares(values, axis)[1]


def log_sum_exp_and_shares(values: Tensor, axis: int) -> tuple[Tensor, Tensor]:
    """Returns both of the above, which need the same exponentials."""
    top = ops.max(values, axis=axis, keepdims=True)
    weights = ops.exp(values - top)
    total = ops.sum(weights, axis=axis, keepdims=True)
    return ops.squeeze(top + ops.log(total), axis=axis), weights / total


def log_add_exp(first: Tensor, second: Tensor) -> Tensor:
    """Returns log(exp(first) + exp(second)), without overflow."""
    gap = ops.absolute(first - second)
    return ops.maximum(first, second) + ops.log(1.0 + ops.exp(-gap))


def log_sigmoid(logits: Tensor) -> Tensor:
    """Returns log(sigmoid(logits)), without underflow."""
    return ops.minimum(logits, 0.0) - ops.log(1.0 + ops.exp(-ops.absolute(logits)))


def log_odds(logits: Tensor) -> Tensor:
    """Returns logit(softmax(logits)) over the last axis, `(..., classes)`.

    The likeliest class needs the sum of all others, which is lost in the
    difference 1 - p once p is near 1; it is summed on its own. All other classes
    have p <= 1/2, where the difference is exact.
    """
    shifted = logits - ops.max(logits, axis=-1, keepdims=True)
    weights = ops.exp(shifted)
    # 1 for the likeliest class, 0 for others: TFLite is slow to compare and choose.
    is_top = ops.floor(weights)
    below_top = ops.sum(weights - is_top, axis=-1, keepdims=True)
    ties = ops.sum(is_top, axis=-1, keepdims=True)
    # ties - weights first: below_top + 1 would round away a small below_top.
    others = below_top + (ties - weights)
    return shifted - ops.log(ops.maximum(others, TINY))
