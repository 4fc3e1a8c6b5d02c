"""Checks that run a bundle's models: golden files, any number, any order."""

from typing import Any

import numpy as np

from export.answers import (
    PHOTO_COUNTS,
    QUANTISED_TOLERANCE,
    RUN_TOLERANCE,
    Features,
    Weights,
    check_order,
    cosine,
    draw_sets,
    largest_difference,
    predict,
    quantisation_error,
)
from export.bundle_reader import BundleReader
from export.model_rules import EXTRACTOR_SIGNATURE
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card_sections import GoldenCase, State
from photo_interests.models.interest_model import InterestModel
from photo_interests.photos.pixels import read_pixels

# Drawn images lie far from the photos that set the quantisation's ranges.
FLOAT_COSINE_DISTANCE = 0.2
SUM_TOLERANCE = 1e-3
NUMBERS = {"photos", "events"}
"""Outputs that are numbers of photos, not probabilities."""


def check_pixels(reader: BundleReader) -> str:
    """Every golden image decodes to its pixels."""
    card = reader.card
    worst = 0.0
    for case in card.golden.cases:
        pixels = read_pixels(reader.bundle / case.image, card.input)
        error = float(np.abs(pixels.astype(float) - _pixels(reader, case)).mean())
        _check_below(case.image, error, card.tolerances.pixels_mean_absolute)
        worst = max(worst, error)
    return f"{len(card.golden.cases)} images, mean difference at most {worst:.3g}"


def check_features(reader: BundleReader) -> str:
    """Golden pixels give the golden features."""
    card = reader.card
    run = reader.runner(card.extractor.file)
    worst = 0.0
    for case in card.golden.cases:
        pixels = _pixels(reader, case)
        received = run(EXTRACTOR_SIGNATURE, image=pixels[None])["features"][0]
        expected = reader.bytes(case.features, (card.features.dimension,))
        error = 1 - cosine(received, expected)
        _check_below(case.features, error, card.tolerances.features_cosine_distance)
        worst = max(worst, error)
    return f"cosine distance at most {worst:.3g}"


def check_float_features(reader: BundleReader) -> str:
    """The floating-point extractor sees the same in the golden pixels."""
    card = reader.card
    run = reader.runner(card.extractor.float_file)
    worst = 0.0
    for case in card.golden.cases:
        shifted = _pixels(reader, case).astype(np.float32) - card.input.zero_point
        image = (shifted * np.float32(card.input.scale))[None].astype(np.float32)
        received = run(EXTRACTOR_SIGNATURE, image=image)["features"][0]
        expected = reader.bytes(case.features, (card.features.dimension,))
        error = 1 - cosine(received, expected)
        _check_below(case.features, error, FLOAT_COSINE_DISTANCE)
        worst = max(worst, error)
    return f"cosine distance at most {worst:.3g}"


def check_answer(reader: BundleReader) -> str:
    """Predict's own model gives the golden answer to the golden set."""
    card = reader.card
    photos = reader.golden_set()
    output = InterestModel(reader.bundle, card)(photos, reader.golden_weights())
    answer = vars(output) | (vars(output.repetition) if output.repetition else {})
    files = card.golden.set.model_dump()
    worst = 0.0
    for name in sorted(answer.keys() & files.keys()):
        received = answer[name]
        expected = reader.floats(files[name], received.shape)
        error = largest_difference(received, expected)
        _check_below(name, error, card.tolerances.probabilities)
        worst = max(worst, error)
    return f"{len(photos)} photos, difference at most {worst:.3g}"


def check_parts(reader: BundleReader) -> str:
    """Photos added in parts, and parts merged, give what all photos give at once."""
    section = reader.card.aggregator
    if section.state is None:
        return "this aggregator has no state"
    photos, weights = reader.golden_set(), reader.golden_weights()
    worst = 0.0
    for name in filter(None, (section.file, section.int8_file)):
        run = reader.runner(name)
        expected = predict(run, photos, weights)
        for state in merged_states(run, section.state, photos, weights):
            for key, received in run("finish", state=state).items():
                error = largest_difference(received, expected[key])
                _check_below(f"{name} {key}", error, RUN_TOLERANCE)
                worst = max(worst, error)
    return f"difference at most {worst:.3g}"


def check_quantised_answer(reader: BundleReader) -> str:
    """The int8 aggregator, where there is one, agrees with that in floating point."""
    section = reader.card.aggregator
    if section.int8_file is None:
        return "the card has no int8 aggregator"
    error = quantisation_error(
        reader.runner(section.int8_file),
        reader.runner(section.file),
        [reader.golden_set()],
    )
    _check_below(section.int8_file, error, QUANTISED_TOLERANCE)
    return f"difference at most {error:.3g}, allowed {QUANTISED_TOLERANCE}"


def check_any_number(reader: BundleReader) -> str:
    """From one photo to the card's maximum: answers are probabilities and shares."""
    card = reader.card
    counts = sorted({*PHOTO_COUNTS, card.aggregator.maximum_photos})
    for name in filter(None, (card.aggregator.file, card.aggregator.int8_file)):
        run = reader.runner(name)
        for photos in draw_sets(reader.golden_set(), counts):
            answer = predict(run, photos)
            what = f"{name} with {len(photos)} photos"
            for key, values in answer.items():
                largest = len(photos) if key in NUMBERS else 1
                if not (np.isfinite(values).all() and values.min() >= 0):
                    raise ValueError(f"{what}: expected {key} of at least 0")
                if values.max() > largest + SUM_TOLERANCE:
                    raise ValueError(f"{what}: expected {key} of at most {largest}")
            sums = answer["contributions"].sum(axis=0)
            # An interest that no photo can show has no shares.
            has_evidence = np.float32(answer["photo_probabilities"].any(axis=0))
            error = largest_difference(sums, np.asarray(has_evidence))
            _check_below(f"{what}, sum of contributions", error, SUM_TOLERANCE)
    return ", ".join(map(str, counts))


def check_any_order(reader: BundleReader) -> str:
    """The order of the photos changes nothing."""
    section = reader.card.aggregator
    names = [name for name in (section.file, section.int8_file) if name]
    for name in names:
        try:
            check_order(reader.runner(name), reader.golden_set())
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
    return f"shuffled photos give the same answer: {', '.join(names)}"


def _pixels(reader: BundleReader, case: GoldenCase) -> Features:
    rule = reader.card.input
    return reader.bytes(case.pixels, (rule.height, rule.width, len(rule.channels)))


def merged_states(
    run: SignatureRunner,
    section: State,
    photos: Features,
    weights: Weights | None,
) -> list[Weights]:
    """States of all photos: updated one part after the other, and merged.

    Args:
        run: The aggregator.
        section: How its states merge.
        photos: Features of the photos (photos, dimension).
        weights: Of the photos, where the aggregator takes them.
    """
    initial = np.full(section.shape, section.initial, np.float32)
    running: Any = initial
    apart = []
    for part in np.array_split(np.arange(len(photos)), 3):
        inputs: dict[str, Any] = {"features": photos[part]}
        if weights is not None:
            inputs["weights"] = weights[part]
        running = run("update", state=running, **inputs)["state"]
        apart.append(run("update", state=initial, **inputs)["state"])
    add = np.logaddexp if section.merge == "logaddexp" else np.add
    return [running, add.reduce(np.stack(apart), axis=0)]


def _check_below(what: str, error: float, allowed: float) -> None:
    # Written so that NaN fails too.
    if not error <= allowed:
        raise ValueError(
            f"{what}: expected a difference of at most {allowed}, received {error}"
        )
