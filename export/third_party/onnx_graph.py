"""Networks of ONNX as TensorFlow functions on images with channels last.

ONNX keeps the channels of an image second. Here images keep them last, which is what
TFLite runs; each tensor says which of both it is, so nothing is transposed on the way.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from export.third_party.onnx_operators import OPERATORS, Tensor

Network = Callable[[Any], list[Any]]


class Node(NamedTuple):
    """An operator of a graph.

    Attributes:
        kind: Its name in ONNX.
        inputs: Names of what it reads.
        output: Name of what it gives.
        attributes: Its settings.
    """

    kind: str
    inputs: list[str]
    output: str
    attributes: dict[str, Any]


def load(
    path: Path,
    outputs: list[str] | None = None,
    reverse_channels: bool = False,
    replaced: Mapping[str, np.ndarray] | None = None,
) -> Network:
    """Return a network as a function of images `(1, height, width, channels)`.

    Args:
        path: An ONNX file.
        outputs: Names of the tensors to return, images with channels last; the
            outputs of the graph if None.
        reverse_channels: Whether the function takes RGB for a network of BGR: the
            first kernel is turned, since turning images is slow.
        replaced: Constants to take in place of those of the file, by name.

    Raises:
        ValueError: An operator is not supported; names it.
    """
    import onnx
    from onnx import helper

    graph = onnx.load(str(path)).graph
    wanted = outputs or [output.name for output in graph.output]
    constants = read_constants(graph) | dict(replaced or {})
    if reverse_channels:
        kernel = next(node for node in graph.node if node.op_type == "Conv").input[1]
        constants[kernel] = constants[kernel][:, ::-1]
    nodes = _with_gelu(
        [
            Node(
                node.op_type,
                list(node.input),
                node.output[0],
                {one.name: helper.get_attribute_value(one) for one in node.attribute},
            )
            for node in graph.node
            if node.op_type != "Constant"
        ],
        wanted,
    )
    if unknown := sorted({kind for kind, *_ in nodes} - set(OPERATORS)):
        raise ValueError(
            f"{path}: expected some of {sorted(OPERATORS)}, received {unknown}"
        )

    def run(images: Any) -> list[Any]:
        tensors = {name: Tensor(value, False) for name, value in constants.items()}
        tensors[graph.input[0].name] = Tensor(images, True)
        for kind, inputs, output, attributes in nodes:
            given = [tensors[name] for name in inputs if name]
            tensors[output] = OPERATORS[kind](given, attributes)
        return [tensors[name].value for name in wanted]

    return run


def read_constants(graph: Any) -> dict[str, np.ndarray]:
    """Return the constants of an ONNX graph by name.

    Args:
        graph: `onnx.GraphProto`.
    """
    from onnx import numpy_helper

    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    return constants


def _with_gelu(nodes: list[Node], outputs: list[str]) -> list[Node]:
    """Write x (1 + erf(x / sqrt 2)) / 2 as one operator: TFLite has no erf alone.

    Raises:
        ValueError: An erf is of another formula.
    """
    nodes = _without_identities(nodes)
    by_output = {node.output: node for node in nodes}
    gelus: dict[str, Node] = {}
    for node in nodes:
        if node.kind != "Erf":
            continue
        name, (value, _) = node.output, by_output[node.inputs[0]].inputs
        for kind in ("Add", "Mul", "Mul"):
            (user,) = (one for one in nodes if name in one.inputs)
            if user.kind != kind:
                raise ValueError(f"{name}: expected {kind}, received {user.kind}")
            name = user.output
        gelus[name] = Node("Gelu", [value], name, {})
    kept = [gelus.get(node.output, node) for node in nodes]
    return _needed(kept, outputs)


def _needed(nodes: list[Node], outputs: list[str]) -> list[Node]:
    """Drop what no output needs."""
    needed, kept = set(outputs), []
    for node in reversed(nodes):
        if node.output in needed:
            needed.update(node.inputs)
            kept.append(node)
    return kept[::-1]


def _without_identities(nodes: list[Node]) -> list[Node]:
    """Let each operator read what an identity reads."""
    sources: dict[str, str] = {}
    kept = []
    for node in nodes:
        inputs = [sources.get(name, name) for name in node.inputs]
        if node.kind == "Identity":
            sources[node.output] = inputs[0]
        else:
            kept.append(node._replace(inputs=inputs))
    return kept
