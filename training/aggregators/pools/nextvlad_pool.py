"""Residuals to learned clusters, summed over photos and groups of features."""

from typing import Any

import keras
from keras import ops

from training.aggregators.pools.pool import Pool, each_photo, set_shape
from training.arrays import Tensor

TINY = 1e-6


@keras.saving.register_keras_serializable("photo_interests")
class NeXtVLADPool(Pool):
    """NeXtVLAD: features in groups, each softly assigned to clusters and gated.

    Each photo is projected and parted into groups; a group's residuals to the
    clusters are summed by its soft assignment times its gate, over all groups and
    photos; each cluster's sum is normalised. Source: Lin et al., "NeXtVLAD", ECCV
    workshops 2018; here the projection is narrower than the photo, not wider, and no
    batch norm follows. A photo's weight is its share of the assignments.

    Args:
        projected: Length of the projection.
        groups: Groups of the projection.
        clusters: Shared by all groups.

    Raises:
        ValueError: The groups do not share the projection evenly.
    """

    def __init__(
        self,
        projected: int = 512,
        groups: int = 4,
        clusters: int = 16,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if projected % groups:
            raise ValueError(
                f"expected groups that divide {projected}. Received: {groups}"
            )
        self.projected = projected
        self.groups = groups
        self.clusters = clusters
        self.project = keras.layers.Dense(projected, name="project")
        self.gate = keras.layers.Dense(groups, "sigmoid", name="gate")
        self.assign = keras.layers.Dense(groups * clusters, name="assign")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for photos `(batch, photos, dimension)`."""
        self.project.build((None, input_shape[-1]))
        self.gate.build((None, self.projected))
        self.assign.build((None, self.projected))
        self.centres = self.add_weight(
            name="centres", shape=(self.clusters, self.projected // self.groups)
        )

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns vectors `(batch, clusters * projected / groups)`, log weights."""
        batch, number = set_shape(photos)
        pieces = (batch, number if number == -1 else number * self.groups)
        projected = each_photo(self.project, photos)
        gates = each_photo(self.gate, projected)
        if mask is not None:
            gates = gates * ops.cast(mask, gates.dtype)[:, :, None]
        assigned = ops.reshape(
            each_photo(self.assign, projected),
            (batch, number, self.groups, self.clusters),
        )
        assigned = ops.softmax(assigned, axis=-1) * gates[:, :, :, None]
        assigned = ops.reshape(assigned, (*pieces, self.clusters))
        grouped = ops.reshape(projected, (*pieces, self.projected // self.groups))
        sums = ops.transpose(assigned, (0, 2, 1)) @ grouped
        residuals = sums - ops.sum(assigned, axis=1)[:, :, None] * self.centres[None]
        squares = ops.sum(residuals * residuals, axis=2, keepdims=True)
        vectors = residuals * ops.rsqrt(squares + TINY)
        weights = ops.sum(gates, axis=2)
        weights = weights / ops.sum(weights, axis=1, keepdims=True)
        return (
            ops.reshape(vectors, (-1, self.vector_size(self.projected))),
            ops.log(ops.maximum(weights, TINY)),
        )

    def vector_size(self, dimension: int) -> int:
        """Returns the length of all clusters' residuals."""
        return self.clusters * self.projected // self.groups

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "projected": self.projected,
            "groups": self.groups,
            "clusters": self.clusters,
        }
