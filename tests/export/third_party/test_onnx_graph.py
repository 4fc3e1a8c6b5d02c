"""Translated operators against ONNX's own reference implementation."""

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402
from onnx.reference import ReferenceEvaluator  # noqa: E402

from export.third_party import onnx_graph  # noqa: E402

RANDOM = np.random.default_rng(1)


def node(kind, inputs, output, **attributes):
    return helper.make_node(kind, inputs, [output], **attributes)


def values(*shape):
    return RANDOM.normal(size=shape).astype(np.float32)


def compare(tmp_path, nodes, constants, shape=(1, 3, 8, 12), reverse=False, opset=12):
    image = values(*shape)
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)])
    path = tmp_path / "model.onnx"
    onnx.save(model, str(path))
    (expected,) = ReferenceEvaluator(model).run(None, {"x": image})
    given = image.transpose(0, 2, 3, 1)
    given = given[..., ::-1].copy() if reverse else given
    (received,) = onnx_graph.load(path, reverse_channels=reverse)(given)
    if len(expected.shape) == 4:
        expected = expected.transpose(0, 2, 3, 1)
    assert np.asarray(received) == pytest.approx(expected, abs=1e-4)


CONV = {"dilations": [1, 1], "group": 1, "kernel_shape": [3, 3]}


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(
    "attributes",
    [
        {"pads": [1, 1, 1, 1], "strides": [1, 1]},
        {"pads": [1, 1, 1, 1], "strides": [2, 2]},
        {"pads": [0, 0, 0, 0], "strides": [2, 2]},
        {"auto_pad": "SAME_UPPER", "strides": [1, 1]},
    ],
)
def test_convolutions(tmp_path, attributes, reverse):
    nodes = [node("Conv", ["x", "k", "b"], "y", **CONV, **attributes)]
    compare(tmp_path, nodes, {"k": values(5, 3, 3, 3), "b": values(5)}, reverse=reverse)


def test_a_depthwise_convolution_with_two_strides(tmp_path):
    attributes = CONV | {"group": 3, "pads": [1, 1, 1, 1], "strides": [2, 1]}
    nodes = [node("Conv", ["x", "k"], "y", **attributes)]
    compare(tmp_path, nodes, {"k": values(3, 1, 3, 3)})


def test_images_stay_images(tmp_path):
    nodes = [
        node("ConvTranspose", ["x", "k"], "a", dilations=[1, 1], group=1,
             kernel_shape=[2, 2], pads=[0, 0, 0, 0], strides=[2, 2]),
        node("BatchNormalization", ["a", "s", "b", "m", "v"], "c", epsilon=1e-5),
        node("HardSigmoid", ["c"], "d", alpha=0.2, beta=0.5),
        node("Mul", ["c", "d"], "e"),
        node("GlobalAveragePool", ["e"], "f"),
        node("Reshape", ["one", "sizes"], "g"),
        node("Add", ["f", "g"], "h"),
        node("Mul", ["e", "h"], "i"),
        node("Concat", ["i", "e"], "j", axis=1),
        node("MaxPool", ["j"], "y", kernel_shape=[2, 2], strides=[2, 2]),
    ]  # fmt: skip
    constants = {
        "k": values(3, 4, 2, 2), "s": values(4), "b": values(4), "m": values(4),
        "v": np.abs(values(4)) + 0.5, "one": values(4),
        "sizes": np.array([1, 4, 1, 1]),
    }  # fmt: skip
    # The reference of opset 12 normalises by the batch, as in training.
    compare(tmp_path, nodes, constants, opset=14)


def test_attention_on_columns(tmp_path):
    nodes = [
        node("AveragePool", ["x"], "p", kernel_shape=[8, 2], strides=[8, 2]),
        node("Squeeze", ["p"], "q", axes=[2]),
        node("Transpose", ["q"], "t", perm=[0, 2, 1]),
        node("MatMul", ["t", "w"], "m"),
        node("Reshape", ["m", "five"], "r"),
        node("Transpose", ["r"], "s", perm=[2, 0, 3, 1, 4]),
        node("Slice", ["s", "zero", "one", "zero", "one"], "u"),
        node("Squeeze", ["u"], "v", axes=[0]),
        node("Transpose", ["v"], "vt", perm=[0, 1, 3, 2]),
        node("MatMul", ["v", "vt"], "a"),
        node("Softmax", ["a"], "b", axis=3),
        node("MatMul", ["b", "v"], "c"),
        node("Transpose", ["c"], "d", perm=[0, 2, 1, 3]),
        node("Reshape", ["d", "three"], "e"),
        node("ReduceMean", ["e"], "f", axes=[-1]),
        node("Sub", ["e", "f"], "y"),
    ]
    constants = {
        "w": values(3, 24), "five": np.array([0, -1, 3, 2, 4]),
        "three": np.array([0, -1, 8]), "zero": np.array([0]), "one": np.array([1]),
    }  # fmt: skip
    compare(tmp_path, nodes, constants)


def test_a_gelu_is_one_operator(tmp_path):
    nodes = [
        node("Identity", ["x"], "same"),
        node("Div", ["same", "root"], "a"),
        node("Erf", ["a"], "b"),
        node("Add", ["b", "one"], "c"),
        node("Mul", ["same", "c"], "d"),
        node("Mul", ["d", "half"], "y"),
    ]
    constants = {
        "root": np.float32(2**0.5), "one": np.float32(1), "half": np.float32(0.5)
    }  # fmt: skip
    compare(tmp_path, nodes, constants)


def test_another_formula_with_erf_is_refused(tmp_path):
    nodes = [
        node("Div", ["x", "root"], "a"),
        node("Erf", ["a"], "b"),
        node("Mul", ["b", "root"], "y"),
    ]
    with pytest.raises(ValueError, match="b: expected Add, received Mul"):
        compare(tmp_path, nodes, {"root": np.float32(2)})


def test_an_unknown_operator_is_named(tmp_path):
    with pytest.raises(ValueError, match=r"expected some of .*received \['Tan'\]"):
        compare(tmp_path, [node("Tan", ["x"], "y")], {})


def test_hard_swish_and_scaled_residuals_are_one_operator(tmp_path):
    nodes = [
        node("Add", ["x", "three"], "a"),
        node("Clip", ["a", "zero", "six"], "b"),
        node("Mul", ["x", "b"], "c"),
        node("Div", ["c", "six"], "d"),
        node("GlobalAveragePool", ["d"], "e"),
        node("HardSigmoid", ["e"], "f", alpha=0.2, beta=0.5),
        node("Mul", ["d", "f"], "g"),
        node("Add", ["d", "g"], "y"),
    ]
    constants = {
        "three": np.float32(3), "zero": np.float32(0), "six": np.float32(6)
    }  # fmt: skip
    compare(tmp_path, nodes, constants)


def test_an_operator_can_be_replaced(tmp_path):
    graph = helper.make_graph(
        [node("Relu", ["x"], "y")], "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, (1, 3, 2, 2))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
    )  # fmt: skip
    path = tmp_path / "model.onnx"
    onnx.save(helper.make_model(graph), str(path))
    other = {"Relu": lambda given, attributes: given[0]._replace(value="other")}
    assert onnx_graph.load(path, operators=other)(values(1, 2, 2, 3)) == ["other"]
