import numpy as np
import pytest
import tensorflow as tf
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from export.convert import convert_function
from export.floating_depthwise import keep_depthwise_in_floating_point

RANDOM = np.random.default_rng(5)
KERNEL = RANDOM.normal(size=(3, 3, 192, 1)).astype(np.float32)
MATRIX = RANDOM.normal(size=(192, 64)).astype(np.float32) / 14


def convolve(image, step):
    padded = tf.pad(image, [[0, 0], [1, 1], [1, 1], [0, 0]])
    result = tf.nn.depthwise_conv2d(padded, KERNEL, [1] * 4, "VALID")
    result = result if step == 1 else result[:, ::step]
    return tf.nn.conv2d(result, MATRIX[None, None], 1, "VALID")


def converted(step):
    given = tf.TensorSpec((1, 8, None, 192), tf.float32, "image")
    return convert_function(
        lambda image: {"y": convolve(image, step)}, given, "m", dynamic_range=True
    )


def run(content, image):
    interpreter = Interpreter(model_content=content)
    return interpreter.get_signature_runner()(image=image)["y"]


def operators(model):
    graph = model.model.subgraphs[0]
    codes = [model.model.operatorCodes[one.opcodeIndex] for one in graph.operators]
    return [code.builtinCode for code in codes]


@pytest.mark.parametrize("step", [1, 2])
def test_the_kernel_is_in_floating_point_and_a_step_down_is_its_own(step):
    model = converted(step)
    image = RANDOM.normal(size=(1, 8, 10, 192)).astype(np.float32)
    kept = keep_depthwise_in_floating_point(model)
    names = schema.BuiltinOperator
    assert (names.STRIDED_SLICE in operators(model)) == (step == 2)
    assert names.STRIDED_SLICE not in operators(kept)
    expected = np.asarray(convolve(image, step))
    before = np.abs(run(model.content, image) - expected).mean()
    after = np.abs(run(kept.content, image) - expected).mean()
    assert run(kept.content, image).shape == expected.shape
    assert after < before
    assert after < 0.05 * np.abs(expected).mean()


def test_what_else_is_quantised_stays_so():
    model, kept = converted(1), keep_depthwise_in_floating_point(converted(1))
    more = 3 * KERNEL.size - 192 * 8  # four bytes a number, and no scales
    grown = len(kept.content) - len(model.content)
    assert grown == pytest.approx(more, abs=3000)
    types = [one.type for one in kept.model.subgraphs[0].tensors]
    assert schema.TensorType.INT8 in types
