"""Features of many photos to one person's interests."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card, CardError, load_card
from photo_interests.bundle.card_sections import Shape, State
from photo_interests.models.runtime import open_interpreter


@dataclass(frozen=True)
class ModelOutput:
    """Outputs of an aggregator; the order of interests is that of the card.

    Attributes:
        probabilities: Probability of each interest, float32 `(interests,)`.
        contributions: Share of each photo in each interest, float32
            `(photos, interests)`; each column sums to 1.
        photo_probabilities: Probability of each interest on each photo by itself,
            float32 `(photos, interests)`.
    """

    probabilities: NDArray[np.float32]
    contributions: NDArray[np.float32]
    photo_probabilities: NDArray[np.float32]


class InterestModel:
    """The aggregator of a bundle: any number of photos, in any order."""

    def __init__(
        self, bundle: Path, card: Card | None = None, file: str | None = None
    ) -> None:
        """Load the model and compare it with the card.

        Args:
            bundle: Folder of the bundle.
            card: Card of the bundle if it is loaded already.
            file: Aggregator file of the bundle; the one that predict runs if None.

        Raises:
            CardError: A file is missing or changed, or the model differs from its
                card.
        """
        self.card = card or load_card(bundle)
        path = Path(bundle) / (file or self.card.aggregator.run_file)
        self._interpreter = open_interpreter(path)
        expected = set(self.card.aggregator.signatures)
        received = set(self._interpreter.get_signature_list())
        if received != expected:
            raise CardError(
                f"{path}: expected signatures {sorted(expected)}, "
                f"received {sorted(received)}"
            )
        self._run = {
            name: self._interpreter.get_signature_runner(name) for name in expected
        }
        for name in sorted(expected):
            self._check(path, name)

    def __call__(self, features: NDArray[np.uint8]) -> ModelOutput:
        """Predict the interests of the person who took the photos.

        More photos than the card's `maximum_photos` go through in chunks, whose
        states combine to the same output.

        Args:
            features: Stored features `(photos, dimension)`.

        Raises:
            ValueError: No photos, features of another shape or type, or more photos
                than a model without a state takes.
        """
        self._check_features(features)
        aggregator = self.card.aggregator
        if len(features) <= aggregator.maximum_photos:
            return ModelOutput(**self._run["predict"](features=features))
        if aggregator.state is None:
            raise ValueError(
                f"photos: expected at most {aggregator.maximum_photos}, which is "
                f"what {aggregator.kind} takes, received {len(features)}"
            )
        starts = range(
            aggregator.maximum_photos, len(features), aggregator.maximum_photos
        )
        return self._in_chunks(np.split(features, list(starts)), aggregator.state)

    def _in_chunks(self, chunks: list[NDArray[np.uint8]], state: State) -> ModelOutput:
        """Combine the outputs for parts of the photos.

        The state begins with the logarithms, one an interest, of the sums that
        normalise the shares, so a share within a chunk times
        exp(chunk's state - merged state) is the share within all photos.
        """
        initial = np.full(state.shape, state.initial, np.float32)
        outputs = [self._run["predict"](features=chunk) for chunk in chunks]
        states = np.stack(
            [self._run["update"](features=c, state=initial)["state"] for c in chunks]
        )
        merged = np.logaddexp.reduce(states, axis=0)
        scales = np.exp(states - merged)[:, : len(self.card.interests)]
        shares = [
            output["contributions"] * scale
            for output, scale in zip(outputs, scales, strict=True)
        ]
        return ModelOutput(
            self._run["finish"](state=merged)["probabilities"],
            np.concatenate(shares),
            np.concatenate([output["photo_probabilities"] for output in outputs]),
        )

    def _check_features(self, features: NDArray[np.uint8]) -> None:
        expected = self.card.features
        if (
            features.ndim != 2
            or features.shape[1] != expected.dimension
            or features.dtype != expected.dtype
        ):
            raise ValueError(
                f"features: expected {expected.dtype} (photos, {expected.dimension}), "
                f"received {features.dtype} {features.shape}"
            )
        if len(features) == 0:
            raise ValueError("no photos: expected at least one, received 0")

    def _check(self, path: Path, name: str) -> None:
        """Run a signature once: shapes on paper may still be free, results are not."""
        photos = 2
        signature = self.card.aggregator.signatures[name]
        inputs: dict[str, Any] = {
            key: np.zeros(
                _sizes(shape, photos), "uint8" if key == "features" else "float32"
            )
            for key, shape in signature.inputs.items()
        }
        expected = {
            key: ("float32", _sizes(shape, photos))
            for key, shape in signature.outputs.items()
        }
        try:
            outputs = self._run[name](**inputs)
        except (ValueError, RuntimeError) as error:
            raise CardError(
                f"{path}: expected {name} to take {signature.inputs}, "
                f"received an error: {error}"
            ) from error
        received = {key: (str(out.dtype), out.shape) for key, out in outputs.items()}
        if received != expected:
            raise CardError(
                f"{path}: expected {name} to give {expected}, received {received}"
            )


def _sizes(shape: Shape, photos: int) -> tuple[int, ...]:
    return tuple(photos if size == "N" else size for size in shape)
