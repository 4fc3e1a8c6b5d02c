"""Keeps one matrix of an int8 TFLite file in floating point.

The converter quantises every large matrix. A hybrid kernel then rounds the inputs to 8
bits, which costs most where many small numbers add up.
"""

from typing import Any

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from export.metadata import pack
from export.tflite_file import TFLiteFile


def keep_in_floating_point(model: TFLiteFile, matrix: np.ndarray) -> TFLiteFile:
    """Put a matrix in floating point in the place of its quantised copy.

    Args:
        model: File with int8 weights.
        matrix: float32 `(outputs, inputs)`; no other matrix has its shape.

    Raises:
        ValueError: The file multiplies by no quantised matrix of this shape.
    """
    changed: Any = schema.ModelT.InitFromPackedBuf(model.content, 0)
    found: set[int] = set()
    kept = len(changed.buffers)
    for graph in changed.subgraphs:
        for operator in graph.operators:
            code = changed.operatorCodes[operator.opcodeIndex].builtinCode
            if code != schema.BuiltinOperator.FULLY_CONNECTED:
                continue
            weights = graph.tensors[operator.inputs[1]]
            is_quantised = weights.type == schema.TensorType.INT8
            if is_quantised and tuple(weights.shape) == matrix.shape:
                found.add(weights.buffer)
                weights.type, weights.quantization = schema.TensorType.FLOAT32, None
                weights.buffer = kept
                operator.builtinOptions.asymmetricQuantizeInputs = False
    if not found:
        raise ValueError(
            f"{model.name}: expected a quantised matrix of shape {matrix.shape}, "
            "received none"
        )
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(matrix.astype("<f4").tobytes(), np.uint8)
    changed.buffers.append(buffer)
    for number in found:
        changed.buffers[number].data = None
    return TFLiteFile(pack(changed, len(model.content) + 4 * matrix.size), model.name)
