"""TFLite metadata from the card, embedded in the model files.

Other TFLite tools read from it what the application reads from the card: how an
image is normalised, what each tensor is and what its places are called.
"""

import io
import zipfile
from typing import Any

import flatbuffers
import numpy as np
import numpy.typing as npt
from ai_edge_litert import schema_py_generated as schema

from export.labels import described, interest_labels, kind_labels, label_files
from export.lineage import released_lineages
from export.metadata_writer import (
    GraphText,
    ModelText,
    TensorText,
    write_metadata,
)
from export.tflite_file import METADATA_NAME, TFLiteFile
from photo_interests.bundle.card import Card, CardFormat2
from training.runs.tflite_hash import computation_sha256

AUTHOR = "photo-interests"
EXTRACTOR_FILES = ("extractor.tflite", "extractor-float.tflite")
_STATES = {
    1: "Evidence of the photos so far, and last of how many there were.",
    2: "Sums over the photos so far: photos, events, their squares, log P(no event), "
    "number of events.",
}
_STATE_DIMENSIONS = {1: ("evidence",), 2: ("statistic", "interest or kind")}
# XNNPACK and the delegates read weights in place, in blocks of this size.
ALIGNMENT = 16
# The first date an archive can hold: the same content gives the same bytes.
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)

EXTRACTOR_VERSION = "1.0.0"
"""Of the extractor's description, not of the bundle: a release that changes only the
aggregator leaves the extractor's file as it is, and with it all stored features."""


def extractor_metadata(card: Card, model: TFLiteFile) -> bytes:
    """Describe an extractor: an RGB image, normalised by the card, to features."""
    rule = card.input
    image = TensorText(
        name="image",
        description="The photo, upright, in sRGB, squashed to this size.",
        dimensions=("batch", "height", "width", "channel"),
        image=(rule.width, rule.height),
        normalization=(float(rule.zero_point), 1 / rule.scale),
        range=(0.0, 255.0),
    )
    features = TensorText(
        name="features",
        description="What the photo shows, as numbers an aggregator reads.",
        dimensions=("batch", "feature"),
    )
    graphs = _graphs(model, {"image": image, "features": features})
    name = _first_release(model) or card.name
    return write_metadata(
        _model_text(card, name, EXTRACTOR_VERSION, "Features of a photo.", graphs)
    )


def aggregator_metadata(card: Card, model: TFLiteFile) -> bytes:
    """Describe an aggregator: stored features to interests named by the card."""
    labels, of_kinds = (described(one(card)) for one in (interest_labels, kind_labels))
    interests, kinds = ("interest",), ("kind",)
    tensors = [
        TensorText(
            "features",
            "Features of the photos, as the extractor's bytes.",
            ("photo", "feature"),
        ),
        TensorText(
            "state",
            _STATES[card.format],
            _STATE_DIMENSIONS[card.format],
        ),
        TensorText(
            "weights", "One by the number of photos of each photo's event.", ("photo",)
        ),
        TensorText(
            "probabilities",
            "How likely each interest is.",
            interests,
            threshold=card.thresholds.interest,
            range=(0.0, 1.0),
            labels=labels,
        ),
        TensorText(
            "contributions",
            "Each photo's share in each interest.",
            ("photo", "interest"),
            range=(0.0, 1.0),
            labels=labels,
        ),
        TensorText(
            "photo_probabilities",
            "What is on each photo.",
            ("photo", "interest"),
            threshold=card.thresholds.photo,
            range=(0.0, 1.0),
            labels=labels,
        ),
        TensorText(
            "kind_probabilities",
            "How likely each kind is.",
            kinds,
            threshold=_kind_threshold(card),
            range=(0.0, 1.0),
            labels=of_kinds,
        ),
        TensorText(
            "photo_kind_probabilities",
            "Which kinds are on each photo.",
            ("photo", "kind"),
            range=(0.0, 1.0),
            labels=of_kinds,
        ),
        TensorText(
            "photos",
            "Expected number of photos that show each interest.",
            interests,
            labels=labels,
        ),
        TensorText(
            "events",
            "Expected number of events that show each interest.",
            interests,
            labels=labels,
        ),
        TensorText(
            "evident",
            "How likely at least one event shows each interest.",
            interests,
            range=(0.0, 1.0),
            labels=labels,
        ),
    ]
    graphs = _graphs(model, {tensor.name: tensor for tensor in tensors})
    description = f"Interests from the features of photos ({card.aggregator.kind})."
    return write_metadata(
        _model_text(card, card.name, card.version, description, graphs)
    )


def _kind_threshold(card: Card) -> float | None:
    return card.thresholds.kind if isinstance(card, CardFormat2) else None


def expected_metadata(card: Card, name: str, model: TFLiteFile) -> bytes:
    """Metadata that the card asks for in one of its model files."""
    if name in (card.extractor.file, card.extractor.float_file):
        return extractor_metadata(card, model)
    return aggregator_metadata(card, model)


def expected_attachments(card: Card, name: str) -> dict[str, bytes]:
    """Files that the card asks for in the archive of one of its model files."""
    is_extractor = name in (card.extractor.file, card.extractor.float_file)
    return {} if is_extractor else label_files(card)


def embed(model: TFLiteFile, metadata: bytes, attachments: dict[str, bytes]) -> bytes:
    """Put metadata into a model and append files to it.

    Metadata and files that it had are replaced; what it computes stays the same.

    Args:
        model: the file as converted, or from another bundle.
        metadata: as made by this module.
        attachments: files of the archive by name.

    Returns:
        The content of the new file.
    """
    # Parsed again: the object is changed here.
    changed: Any = schema.ModelT.InitFromPackedBuf(model.content, 0)
    _set_metadata(changed, np.frombuffer(metadata, np.uint8))
    content = io.BytesIO(pack(changed, len(model.content) + len(metadata)))
    if attachments:
        _append_archive(content, attachments)
    return content.getvalue()


def pack(model: Any, size: int) -> bytes:
    """Write a model of the schema as a file.

    Args:
        model: `schema.ModelT`.
        size: About how many bytes it takes.
    """
    builder = _AlignedBuilder(size + 4096)
    builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
    return bytes(builder.Output())


class _AlignedBuilder(flatbuffers.Builder):
    """Keeps the alignment that the schema asks of weights; Python's own does not."""

    def CreateNumpyVector(self, x: npt.NDArray[Any]) -> int:  # noqa: N802
        # The vector's place is made up to the alignment before its content is
        # written, so that the content starts at a multiple of it.
        if x.dtype == np.uint8:
            self.Prep(4, x.size)
            self.Prep(ALIGNMENT, x.size)
        return int(super().CreateNumpyVector(x))


def _set_metadata(model: Any, metadata: npt.NDArray[np.uint8]) -> None:
    for entry in model.metadata or []:
        if entry.name == METADATA_NAME:
            model.buffers[entry.buffer].data = metadata
            return
    buffer, entry = schema.BufferT(), schema.MetadataT()
    buffer.data = metadata
    entry.name, entry.buffer = METADATA_NAME, len(model.buffers)
    model.buffers.append(buffer)
    model.metadata = [*(model.metadata or []), entry]


def _append_archive(content: io.BytesIO, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(content, "a", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, ARCHIVE_DATE), data)


def _graphs(model: TFLiteFile, tensors: dict[str, TensorText]) -> tuple[GraphText, ...]:
    by_subgraph = sorted(model.signatures.items(), key=lambda item: item[1].subgraph)
    return tuple(
        GraphText(
            name,
            tuple(tensors[key] for key in signature.input_order),
            tuple(tensors[key] for key in signature.output_order),
        )
        for name, signature in by_subgraph
    )


def _first_release(extractor: TFLiteFile) -> str | None:
    """Name of the bundle that an extractor was released with: its file stays so."""
    sha256 = computation_sha256(extractor.content)
    for name, one in released_lineages().items():
        if sha256 in (one.models.get(file) for file in EXTRACTOR_FILES):
            return name
    return None


def _model_text(
    card: Card,
    name: str,
    version: str,
    description: str,
    graphs: tuple[GraphText, ...],
) -> ModelText:
    return ModelText(
        name=name,
        description=description,
        version=version,
        author=AUTHOR,
        license=card.license,
        graphs=graphs,
    )
