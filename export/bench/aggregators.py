"""Aggregators by number of photos and categories, in units of one extractor call."""

from functools import reduce
from typing import Any

import numpy as np
import tensorflow as tf

from export.aggregator import quantise
from export.bench.adding import Adding
from export.bench.paired import Settings, Work, exponent, in_turns, ratio
from export.convert import Settings as Conversion
from export.convert import convert, saved_model
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from training.aggregators.aggregator import Aggregator
from training.aggregators.config import SetTrainingConfig
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.vocabulary_evidence import VocabularyEvidence
from training.configs import config_named
from training.vocabulary.vocabulary import load_vocabulary

PHOTOS = (1, 4, 16, 64, 256, 1024, 4096)
GROWING = 256
"""Photos from which the work outweighs the call itself: the exponent's first point."""
CATEGORIES = (18, 178, 1780)
MANY = 1000
SCALE = 0.02
PUBLISHED = ("average", "attention_1_gating", "attention_2_gating")
TURNS = 25
MULTIPLY = "multiply"
IN_A_ROW = "add_in_a_row"
ROW = 50
"""Photos added one after the other: the cold start of the first hardly counts."""


def measure(settings: Settings) -> dict[str, Any]:
    """Time aggregators with random weights, on one thread.

    Returns:
        Ratios to one call of the extractor: `by_photos` {aggregator: {photos: ratio}}
        with `photo_exponents`; `by_categories` {categories: ratio} of photo evidence
        over `many_photos` with `category_exponent`; `released` and `vocabulary`, the
        sizes that there are, each with `categories`, and by int8 weights, as they
        ship, `many` photos at once, `add` one to the state of a profile,
        `add_in_a_row` each of a `row` of them, `add_and_answer`; in floating point
        `many_float`, `add_float` and `multiply`, the features of many photos by the
        weights and nothing else.
    """
    card = load_card(settings.bundle)
    dimension, categories = card.features.dimension, len(card.interests)
    network = Extractor(settings.bundle, threads=1, card=card)
    photo = np.zeros((1, card.input.height, card.input.width, 3), np.uint8)
    turns = settings.turns(TURNS)

    def extract() -> np.ndarray:
        return network(photo)

    def compared(works: dict[str, Work]) -> dict[str, Any]:
        # From caches full of an extractor call, as a scan leaves them.
        seconds = in_turns({"extractor": extract, **works}, turns, before=extract)
        unit = seconds.pop("extractor")
        if IN_A_ROW in seconds:
            seconds[IN_A_ROW] = [spent / ROW for spent in seconds[IN_A_ROW]]
        return {name: ratio(times, unit) for name, times in seconds.items()}

    released = PhotoEvidence(dimension, categories, SCALE)
    evidence, small = (
        exported(released, conversion) for conversion in (None, quantise)
    )
    runners = {"photo_evidence": evidence, "photo_evidence, int8": small}
    for name in PUBLISHED:
        config = config_named(name, "aggregator")
        assert isinstance(config, SetTrainingConfig)
        network_of_sets = config.aggregator(
            dimension=dimension, categories=categories, feature_scale=SCALE,
            **config.options,
        )  # fmt: skip
        runners[name] = exported(network_of_sets)
    by_photos: dict[str, dict[int, Any]] = {name: {} for name in runners}
    for number in PHOTOS:
        found = compared(_predictions(runners, _features(number, dimension)))
        for name, value in found.items():
            by_photos[name][number] = value
    sizes = {
        str(number): exported(PhotoEvidence(dimension, number, SCALE))
        for number in CATEGORIES
    }
    by_categories = compared(_predictions(sizes, _features(MANY, dimension)))
    vocabulary = load_vocabulary()
    large = VocabularyEvidence(
        dimension, len(vocabulary.catalogue.categories), SCALE,
        labelled=vocabulary.labelled, student_classes=len(vocabulary.category_of),
        merged=vocabulary.merged,
    )  # fmt: skip
    return {
        "by_photos": by_photos,
        "photo_exponents": {
            name: _exponent(times, GROWING) for name, times in by_photos.items()
        },
        "many_photos": MANY,
        "by_categories": by_categories,
        "category_exponent": _exponent(
            {int(number): value for number, value in by_categories.items()}, 0
        ),
        "row": ROW,
        "released": {"categories": categories}
        | compared(_profiles(released, evidence, small)),
        "vocabulary": {"categories": large.categories}
        | compared(_profiles(large, exported(large), exported(large, quantise))),
    }


def exported(
    aggregator: Aggregator, settings: Conversion | None = None
) -> SignatureRunner:
    """Convert an aggregator with the weights it starts with."""
    if not aggregator.built:
        aggregator.build((None, None, aggregator.dimension))
    signatures = aggregator.signatures()
    with saved_model(aggregator, signatures) as folder:
        model = convert(folder, list(signatures), aggregator.name, settings)
    return SignatureRunner(model.content, threads=1)


def _predictions(
    runners: dict[str, SignatureRunner], features: np.ndarray
) -> dict[str, Work]:
    def work(run: SignatureRunner) -> Work:
        return lambda: run("predict", features=features)

    return {name: work(run) for name, run in runners.items()}


def _multiplying(aggregator: PhotoEvidence) -> SignatureRunner:
    """Only the products of features and weights: what no way to pool can save."""
    features = tf.TensorSpec([None, aggregator.dimension], name="features")

    def multiply(features: tf.Tensor) -> dict[str, tf.Tensor]:
        inputs = aggregator.with_hidden_units(features)
        products = {"classifier": aggregator.classifier(inputs)}
        if isinstance(aggregator, VocabularyEvidence):
            products["student"] = aggregator.student_logits(features)
        return products

    with saved_model(aggregator, {MULTIPLY: (multiply, [features])}) as folder:
        model = convert(folder, [MULTIPLY], MULTIPLY)
    return SignatureRunner(model.content, threads=1)


def _profiles(
    aggregator: PhotoEvidence, run: SignatureRunner, small: SignatureRunner
) -> dict[str, Work]:
    """Work on a profile: its state is one row of numbers, of however many photos."""
    dimension = aggregator.dimension
    many, one = _features(MANY, dimension), _features(1, dimension)
    floats = many.astype(np.float32)
    multiplying = _multiplying(aggregator)
    state = np.zeros(aggregator.categories + 1, np.float32)
    add, add_float = Adding(aggregator, quantise), Adding(aggregator)
    row = [many[number : number + 1] for number in range(ROW)]

    return {
        "many": lambda: small("predict", features=many),
        "add": lambda: add(one, state),
        IN_A_ROW: lambda: reduce(lambda before, photo: add(photo, before), row, state),
        "add_and_answer": lambda: small("finish", state=add(one, state)),
        "many_float": lambda: run("predict", features=many),
        "add_float": lambda: add_float(one, state),
        "multiply": lambda: multiplying(MULTIPLY, features=floats),
    }


def _exponent(times: dict[int, Any], least: int) -> float:
    sizes = [size for size in times if size >= least]
    # Of the ratios: load that came for one size only falls on both of its times.
    return exponent(sizes, [times[size]["value"] for size in sizes])


def _features(photos: int, dimension: int) -> np.ndarray:
    random = np.random.default_rng(photos)
    return random.integers(0, 256, (photos, dimension), np.uint8)
