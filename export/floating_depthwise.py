"""Keeps depthwise kernels of a dynamic-range TFLite file in floating point.

They are few numbers, and their hybrid kernel is slow: no delegate takes it.
"""

from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from export.metadata import pack
from export.tflite_file import TFLiteFile

OPERATOR = schema.BuiltinOperator
DOWNWARDS = (0b1111, 0b1111)
"""Masks of a slice that takes all of each side, in steps."""


def keep_depthwise_in_floating_point(model: TFLiteFile) -> TFLiteFile:
    """Put depthwise kernels in floating point, and steps of slices into them.

    TensorFlow has no depthwise convolution with a step down alone, so that one is a
    convolution and a slice of every second row. TFLite has: the slice goes.

    Args:
        model: A file with int8 weights whose other numbers are floating point.
    """
    changed: Any = schema.ModelT.InitFromPackedBuf(model.content, 0)
    more = 0
    for graph in changed.subgraphs:
        users: dict[int, list[Any]] = {}
        for operator in graph.operators:
            for tensor in operator.inputs:
                users.setdefault(int(tensor), []).append(operator)
        for operator in graph.operators:
            if _code(changed, operator) == OPERATOR.DEPTHWISE_CONV_2D:
                more += _in_floating_point(changed, graph, operator)
                (user, *others) = users.get(int(operator.outputs[0]), [None])
                if not others and _is_step_down(changed, graph, user):
                    operator.builtinOptions.strideH *= 2
                    operator.outputs = user.outputs
                    graph.operators = [one for one in graph.operators if one != user]
    return TFLiteFile(pack(changed, len(model.content) + more), model.name)


def _code(model: Any, operator: Any) -> int:
    code = model.operatorCodes[operator.opcodeIndex]
    return max(int(code.builtinCode), int(code.deprecatedBuiltinCode))


def _in_floating_point(model: Any, graph: Any, operator: Any) -> int:
    """Change a kernel; returns the bytes that it takes now."""
    kernel = graph.tensors[operator.inputs[1]]
    if kernel.type != schema.TensorType.INT8:
        return 0
    stored = np.asarray(model.buffers[kernel.buffer].data, np.uint8).view(np.int8)
    scale = np.asarray(kernel.quantization.scale, np.float32)
    values = stored.reshape(kernel.shape).astype(np.float32) * scale
    model.buffers[kernel.buffer].data = np.frombuffer(values.tobytes(), np.uint8)
    kernel.type, kernel.quantization = schema.TensorType.FLOAT32, None
    return values.nbytes


def _is_step_down(model: Any, graph: Any, operator: Any) -> bool:
    """Whether an operator takes every second row of an image."""
    if operator is None or _code(model, operator) != OPERATOR.STRIDED_SLICE:
        return False
    options = operator.builtinOptions
    if (options.beginMask, options.endMask) != DOWNWARDS:
        return False
    steps = model.buffers[graph.tensors[operator.inputs[3]].buffer].data
    steps = np.asarray(steps, np.uint8).view(np.int32)
    return steps.tolist() == [1, 2, 1, 1]
