"""Networks of ONNX as TensorFlow functions on images with channels last.

ONNX keeps the channels of an image second. Here images keep them last, which is what
TFLite runs; each tensor says which of both it is, so nothing is transposed on the way.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from export.third_party.onnx_operators import OPERATORS, Operator, Tensor
from export.third_party.quantisation import FLOATING, Observe

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
    operators: Mapping[str, Operator] | None = None,
    observe: Observe = FLOATING.observe,
) -> Network:
    """Return a network as a function of images `(1, height, width, channels)`.

    Args:
        path: An ONNX file.
        outputs: Names of the tensors to return, images with channels last; the
            outputs of the graph if None.
        reverse_channels: Whether the function takes RGB for a network of BGR: the
            first kernel is turned, since turning images is slow.
        replaced: Constants to take in place of those of the file, by name.
        operators: Operators to take in place of this project's own, by name.
        observe: Gets name and value of each tensor; what it returns is read on.

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
    known = OPERATORS | dict(operators or {})
    nodes = _joined(
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
    if unknown := sorted({kind for kind, *_ in nodes} - set(known)):
        raise ValueError(
            f"{path}: expected some of {sorted(known)}, received {unknown}"
        )

    def run(images: Any) -> list[Any]:
        tensors = {name: Tensor(value, False) for name, value in constants.items()}
        first = graph.input[0].name
        tensors[first] = Tensor(observe(first, images), True)
        for kind, inputs, output, attributes in nodes:
            given = [tensors[name] for name in inputs if name]
            result = known[kind](given, attributes)
            if not result.is_constant:
                result = result._replace(value=observe(output, result.value))
            tensors[output] = result
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


def _joined(nodes: list[Node], outputs: list[str]) -> list[Node]:
    """Write formulas of several operators as one, where TFLite is faster with it.

    Raises:
        ValueError: An erf is of another formula than GELU's.
    """
    nodes = _without_identities(nodes)
    by_output = {node.output: node for node in nodes}
    joined = _gelus(nodes, by_output)
    for node in nodes:
        made = _hard_swish(node, by_output) or _scaled_residual(node, by_output)
        if made is not None:
            joined[node.output] = made
    return _needed([joined.get(node.output, node) for node in nodes], outputs)


def _gelus(nodes: list[Node], by_output: Mapping[str, Node]) -> dict[str, Node]:
    """GELU: x (1 + erf(x / sqrt 2)) / 2 by the output: TFLite has no erf alone."""
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
    return gelus


def _hard_swish(node: Node, by_output: Mapping[str, Node]) -> Node | None:
    """Hard swish: x clip(x + 3, 0, 6) / 6: TFLite's own operator is slow in int8."""
    kinds, names = [node.kind], node.inputs
    for kind in ("Mul", "Clip", "Add"):
        maker = next(
            (
                by_output[one]
                for one in names
                if one in by_output and by_output[one].kind == kind
            ),
            None,
        )
        if maker is None:
            return None
        kinds.append(maker.kind)
        names = maker.inputs
    if kinds != ["Div", "Mul", "Clip", "Add"]:
        return None
    return Node("HardSwish", [names[0]], node.output, {})


def _scaled_residual(node: Node, by_output: Mapping[str, Node]) -> Node | None:
    """Residual: x + x s as x (1 + s), where s is a number for each channel."""
    if node.kind != "Add" or len(node.inputs) != 2:
        return None
    value, product = node.inputs
    maker = by_output.get(product)
    if maker is None or maker.kind != "Mul" or maker.inputs[0] != value:
        return None
    scale = by_output.get(maker.inputs[1])
    if scale is None or scale.kind != "HardSigmoid":
        return None
    return Node("ScaledResidual", list(maker.inputs), node.output, {})


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
