"""The TFLite metadata flatbuffer, written field by field.

Field numbers are those of `metadata_schema.fbs` of tensorflow/tflite-support
(identifier M001). Its own writer cannot live beside the TensorFlow used here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import flatbuffers

IDENTIFIER = b"M001"
PARSER_VERSION = "1.0.0"
IMAGE_PROPERTIES = 2
FEATURE_PROPERTIES = 1
NORMALIZATION_OPTIONS = 1
THRESHOLDING_OPTIONS = 3
RGB = 1
AXIS_LABELS = 2
Item = TypeVar("Item")


@dataclass(frozen=True)
class LabelFile:
    """A file with one label a line, packed with the model.

    Attributes:
        name: its name in the archive.
        description: what the labels are.
        locale: their language; empty for ids.
    """

    name: str
    description: str
    locale: str = ""


@dataclass(frozen=True)
class TensorText:
    """What the metadata states about one input or output.

    Attributes:
        name: its name in the signature.
        description: what it holds.
        dimensions: a name for each axis.
        image: width and height of an RGB image; None for anything else.
        normalization: mean and standard deviation that inputs are scaled by.
        threshold: from which value a result counts.
        range: smallest and largest value; None where unknown.
        labels: files that name the places of the last axis.
    """

    name: str
    description: str
    dimensions: tuple[str, ...] = ()
    image: tuple[int, int] | None = None
    normalization: tuple[float, float] | None = None
    threshold: float | None = None
    range: tuple[float, float] | None = None
    labels: tuple[LabelFile, ...] = ()


@dataclass(frozen=True)
class GraphText:
    """What the metadata states about one subgraph; tensors in the subgraph's order."""

    name: str
    inputs: tuple[TensorText, ...]
    outputs: tuple[TensorText, ...]


@dataclass(frozen=True)
class ModelText:
    """What the metadata states about a whole file."""

    name: str
    description: str
    version: str
    author: str
    license: str
    graphs: tuple[GraphText, ...] = field(default=())


def write_metadata(model: ModelText) -> bytes:
    """Serialise metadata; the same text gives the same bytes."""
    builder = flatbuffers.Builder(4096)
    text = builder.CreateString
    root = _table(
        builder,
        8,
        {
            0: text(model.name),
            1: text(model.description),
            2: text(model.version),
            3: _vector(builder, model.graphs, _graph),
            4: text(model.author),
            5: text(model.license),
            7: text(PARSER_VERSION),
        },
    )
    builder.Finish(root, file_identifier=IDENTIFIER)
    return bytes(builder.Output())


def _graph(builder: Any, graph: GraphText) -> int:
    return _table(
        builder,
        7,
        {
            0: builder.CreateString(graph.name),
            2: _vector(builder, graph.inputs, _tensor),
            3: _vector(builder, graph.outputs, _tensor),
        },
    )


def _tensor(builder: Any, tensor: TensorText) -> int:
    fields = {
        0: builder.CreateString(tensor.name),
        1: builder.CreateString(tensor.description),
        3: _content(builder, tensor.image),
    }
    if tensor.dimensions:
        fields[2] = _vector(builder, tensor.dimensions, _string)
    units = _process_units(builder, tensor)
    if units:
        fields[4] = _offsets(builder, units)
    if tensor.range is not None:
        low, high = tensor.range
        values = {0: _floats(builder, high), 1: _floats(builder, low)}
        fields[5] = _table(builder, 2, values)
    if tensor.labels:
        fields[6] = _vector(builder, tensor.labels, _label_file)
    return _table(builder, 7, fields)


def _content(builder: Any, image: tuple[int, int] | None) -> int:
    if image is None:
        properties = _table(builder, 0, {})
        return _union(builder, 3, FEATURE_PROPERTIES, properties)
    builder.StartObject(2)
    builder.PrependUint32Slot(0, image[0], 0)
    builder.PrependUint32Slot(1, image[1], 0)
    size = builder.EndObject()
    builder.StartObject(2)
    builder.PrependInt8Slot(0, RGB, 0)
    builder.PrependUOffsetTRelativeSlot(1, size, 0)
    return _union(builder, 3, IMAGE_PROPERTIES, builder.EndObject())


def _process_units(builder: Any, tensor: TensorText) -> list[int]:
    units = []
    if tensor.normalization is not None:
        mean, deviation = tensor.normalization
        values = {0: _floats(builder, mean), 1: _floats(builder, deviation)}
        options = _table(builder, 2, values)
        units.append(_union(builder, 2, NORMALIZATION_OPTIONS, options))
    if tensor.threshold is not None:
        builder.StartObject(1)
        builder.PrependFloat32Slot(0, tensor.threshold, 0.0)
        units.append(_union(builder, 2, THRESHOLDING_OPTIONS, builder.EndObject()))
    return units


def _label_file(builder: Any, file: LabelFile) -> int:
    name = builder.CreateString(file.name)
    description = builder.CreateString(file.description)
    locale = builder.CreateString(file.locale) if file.locale else None
    builder.StartObject(4)
    builder.PrependUOffsetTRelativeSlot(0, name, 0)
    builder.PrependUOffsetTRelativeSlot(1, description, 0)
    builder.PrependInt8Slot(2, AXIS_LABELS, 0)
    if locale is not None:
        builder.PrependUOffsetTRelativeSlot(3, locale, 0)
    return int(builder.EndObject())


def _table(builder: Any, fields: int, offsets: dict[int, int]) -> int:
    builder.StartObject(fields)
    for slot, offset in offsets.items():
        builder.PrependUOffsetTRelativeSlot(slot, offset, 0)
    return int(builder.EndObject())


def _union(builder: Any, fields: int, kind: int, value: int) -> int:
    builder.StartObject(fields)
    builder.PrependUint8Slot(0, kind, 0)
    builder.PrependUOffsetTRelativeSlot(1, value, 0)
    return int(builder.EndObject())


def _vector(
    builder: Any, items: Sequence[Item], write: Callable[[Any, Item], int]
) -> int:
    return _offsets(builder, [write(builder, item) for item in items])


def _offsets(builder: Any, offsets: list[int]) -> int:
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return int(builder.EndVector())


def _string(builder: Any, text: str) -> int:
    return int(builder.CreateString(text))


def _floats(builder: Any, value: float) -> int:
    builder.StartVector(4, 1, 4)
    builder.PrependFloat32(value)
    return int(builder.EndVector())
