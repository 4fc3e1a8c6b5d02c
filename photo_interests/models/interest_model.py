"""Features of many photos to one person's interests."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import Card, CardError, CardFormat2, load_card
from photo_interests.bundle.card_sections import Shape, State
from photo_interests.models.model_output import Floats, ModelOutput, Repetition
from photo_interests.models.runtime import open_interpreter

Outputs = dict[str, Floats]


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

    def __call__(
        self, features: NDArray[np.uint8], weights: Floats | None = None
    ) -> ModelOutput:
        """Predict the interests of the person who took the photos.

        More photos than the card's `maximum_photos` go through in chunks, whose
        states combine to the same output.

        Args:
            features: Stored features `(photos, dimension)`.
            weights: 1 / number of photos of each photo's event, float32 `(photos,)`;
                if None each photo is an event by itself. Format 1 has no events.

        Raises:
            ValueError: No photos, features or weights of another shape or type, or
                more photos than a model without a state takes.
        """
        self._check_features(features)
        inputs: dict[str, NDArray[Any]] = {"features": features}
        if isinstance(self.card, CardFormat2):
            inputs["weights"] = self._checked_weights(features, weights)
        aggregator = self.card.aggregator
        if len(features) <= aggregator.maximum_photos:
            return self._output(self._run["predict"](**inputs))
        if aggregator.state is None:
            raise ValueError(
                f"photos: expected at most {aggregator.maximum_photos}, which is "
                f"what {aggregator.kind} takes, received {len(features)}"
            )
        starts = range(
            aggregator.maximum_photos, len(features), aggregator.maximum_photos
        )
        split = [np.split(values, list(starts)) for values in inputs.values()]
        chunks = [
            dict(zip(inputs, each, strict=True)) for each in zip(*split, strict=True)
        ]
        return self._output(self._in_chunks(chunks, aggregator.state))

    def _in_chunks(self, chunks: list[dict[str, Any]], state: State) -> Outputs:
        """Combine the outputs for parts of the photos.

        A share within a chunk times the chunk's part of what the shares sum up is the
        share within all photos.
        """
        initial = np.full(state.shape, state.initial, np.float32)
        outputs = [self._run["predict"](**chunk) for chunk in chunks]
        states = np.stack(
            [self._run["update"](**chunk, state=initial)["state"] for chunk in chunks]
        )
        interests = len(self.card.interests)
        if state.merge == "add":
            # In float64, so that thousands of photos add up as exactly as few.
            merged = states.sum(axis=0, dtype=np.float64).astype(np.float32)
            read = self._run["finish"](state=merged)
            events = np.stack([output["events"] for output in outputs])
            parts = events / np.maximum(read["events"], np.finfo(np.float32).tiny)
        else:
            # Logarithms of the sums that normalise the shares, one an interest.
            merged = np.logaddexp.reduce(states, axis=0)
            read = self._run["finish"](state=merged)
            parts = np.exp(states - merged)[:, :interests]
        for output, part in zip(outputs, parts, strict=True):
            output["contributions"] = output["contributions"] * part
        per_photo = {
            name: np.concatenate([output[name] for output in outputs])
            for name in outputs[0].keys() - read.keys()
        }
        return read | per_photo

    def _output(self, outputs: Outputs) -> ModelOutput:
        of_interests = ("probabilities", "contributions", "photo_probabilities")
        further = {k: v for k, v in outputs.items() if k not in of_interests}
        return ModelOutput(
            **{name: outputs[name] for name in of_interests},
            repetition=Repetition(**further) if further else None,
        )

    def _checked_weights(
        self, features: NDArray[np.uint8], weights: Floats | None
    ) -> Floats:
        if weights is None:
            return np.ones(len(features), np.float32)
        if weights.shape != (len(features),) or weights.dtype != np.float32:
            raise ValueError(
                f"weights: expected float32 ({len(features)},), "
                f"received {weights.dtype} {weights.shape}"
            )
        if not np.all((weights > 0) & (weights <= 1)):
            raise ValueError(
                "weights: expected numbers above 0 and up to 1, received "
                f"{weights.min()} to {weights.max()}"
            )
        return weights

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
