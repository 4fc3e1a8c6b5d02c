"""Checks of a bundle's model files without running them."""

import numpy as np

from export.bundle_reader import BundleReader
from export.metadata import expected_attachments, expected_metadata
from export.model_rules import (
    EXTRACTOR_SIGNATURE,
    GRAPH_BYTES,
    check_builtin,
    check_extractor_operators,
    check_quantisation,
    check_runtime,
    check_stateless,
    largest_size,
)
from export.tflite_file import SignatureRecord, TensorRecord
from photo_interests.bundle.card_sections import Shape

# Metadata and scales come on top of a quarter of the weights' size.
QUANTISED_SHARE = 0.35


def check_metadata(reader: BundleReader) -> str:
    """The embedded metadata is what the card asks for, byte for byte."""
    for model in reader.models():
        expected = expected_metadata(reader.card, model.name, model)
        if model.metadata != expected:
            raise ValueError(
                f"{model.name}: expected the card's metadata, received "
                f"{'another' if model.metadata else 'none'}"
            )
    return f"{len(reader.models())} model files"


def check_attachments(reader: BundleReader) -> str:
    """The labels packed with each aggregator are the card's."""
    names = []
    for model in reader.models():
        expected = expected_attachments(reader.card, model.name)
        received = model.attached_files
        if received != expected:
            wrong = [n for n in expected if received.get(n) != expected[n]]
            raise ValueError(
                f"{model.name}: expected files {sorted(expected)}, received "
                f"{sorted(received)}, of which differ {wrong}"
            )
        names += list(expected)
    return f"{len(names)} label files"


def check_operators(reader: BundleReader) -> str:
    """Builtin operators without variables; an extractor's also on accelerators."""
    extractor = reader.card.extractor
    for model in reader.models():
        check_stateless(model)
        check_builtin(model)
        if model.name in (extractor.file, extractor.float_file):
            check_extractor_operators(model)
    return ", ".join(sorted(reader.model(extractor.file).operators))


def check_runtimes(reader: BundleReader) -> str:
    """Every model runs on the application's runtime, as the card says."""
    card = reader.card
    for model in reader.models():
        check_runtime(model, card.application_runtime)
        if card.minimum_runtime[model.name] != model.minimum_runtime:
            raise ValueError(
                f"{model.name}: expected minimum runtime {model.minimum_runtime}, "
                f"received {card.minimum_runtime[model.name]} in the card"
            )
    listed = [f"{n} {v}" for n, v in sorted(card.minimum_runtime.items())]
    return f"{', '.join(listed)}; application {card.application_runtime}"


def check_sizes(reader: BundleReader) -> str:
    """Floating-point files hold each weight once; quantised ones are far smaller."""
    card = reader.card
    pairs = [(card.extractor.float_file, card.extractor.file)]
    pairs += [(card.aggregator.file, card.aggregator.int8_file or "")]
    for floating, quantised in pairs:
        model = reader.model(floating)
        allowed = largest_size(model.constant_bytes)
        _check_at_most(floating, len(model.content), allowed)
        if quantised:
            size = len(reader.model(quantised).content)
            share = QUANTISED_SHARE * len(model.content)
            _check_at_most(quantised, size, share + GRAPH_BYTES)
    return ", ".join(f"{m.name} {len(m.content)}" for m in reader.models())


def check_extractor_tensors(reader: BundleReader) -> str:
    """Shapes, types and quantisation of both extractors are the card's."""
    card = reader.card
    rule, features = card.input, card.features
    shape = (1, rule.height, rule.width, len(rule.channels))
    row = (1, features.dimension)
    quantised = reader.model(card.extractor.file)
    check_quantisation(quantised)
    _check_ends(
        quantised.signatures[EXTRACTOR_SIGNATURE],
        _quantised(shape, rule.scale, rule.zero_point),
        _quantised(row, features.scale, features.zero_point),
    )
    floating = reader.model(card.extractor.float_file)
    _check_ends(
        floating.signatures[EXTRACTOR_SIGNATURE],
        TensorRecord(shape, "float32", 0.0, 0),
        TensorRecord(row, "float32", 0.0, 0),
    )
    return f"uint8 {list(shape)} -> uint8 {list(row)}, scale {features.scale:.5g}"


def check_aggregator_tensors(reader: BundleReader) -> str:
    """Signatures of each aggregator are the card's, in names, shapes and types."""
    section = reader.card.aggregator
    for name in filter(None, (section.file, section.int8_file)):
        received = reader.model(name).signatures
        if set(received) != set(section.signatures):
            raise ValueError(
                f"{name}: expected signatures {sorted(section.signatures)}, "
                f"received {sorted(received)}"
            )
        for key, signature in section.signatures.items():
            _check_named(f"{name} {key}", received[key].inputs, signature.inputs)
            _check_named(f"{name} {key}", received[key].outputs, signature.outputs)
    return f"{section.kind}: {', '.join(sorted(section.signatures))}"


def check_roll_up(reader: BundleReader) -> str:
    """Kinds count for interests in every aggregator as much as the card says."""
    card = reader.card
    if not card.kinds:
        return "the card has no kinds"
    column = {one.id: number for number, one in enumerate(card.interests)}
    expected = np.zeros((len(card.interests), len(card.kinds)), np.float32)
    for row, kind in enumerate(card.kinds):
        for interest, weight in kind.interests.items():
            expected[column[interest], row] = weight
    for name in filter(None, (card.aggregator.file, card.aggregator.int8_file)):
        if not any(
            np.array_equal(matrix, expected)
            for matrix in reader.model(name).matrices(expected.shape)
        ):
            raise ValueError(
                f"{name}: expected a matrix of the card's weights of kinds, received "
                "none"
            )
    return f"{int((expected > 0).sum())} weights"


def _check_at_most(name: str, size: int, allowed: float) -> None:
    if size > allowed:
        raise ValueError(
            f"{name}: expected at most {allowed:.0f} bytes, received {size}"
        )


def _quantised(shape: tuple[int, ...], scale: float, zero_point: int) -> TensorRecord:
    # The file holds scales as float32.
    return TensorRecord(shape, "uint8", float(np.float32(scale)), zero_point)


def _check_ends(
    signature: SignatureRecord, image: TensorRecord, features: TensorRecord
) -> None:
    received = (signature.inputs, signature.outputs)
    expected = ({"image": image}, {"features": features})
    if received != expected:
        raise ValueError(f"expected {expected}, received {received}")


def _check_named(
    what: str, tensors: dict[str, TensorRecord], shapes: dict[str, Shape]
) -> None:
    received = {name: (item.dtype, item.shape) for name, item in tensors.items()}
    expected = {
        name: (
            "uint8" if name == "features" else "float32",
            tuple(-1 if size == "N" else size for size in shape),
        )
        for name, shape in shapes.items()
    }
    if received != expected:
        raise ValueError(f"{what}: expected {expected}, received {received}")
