"""Names for the types of arrays and tensors; their shapes stand in docstrings."""

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import tensorflow as tf

    Tensor: TypeAlias = tf.Tensor
    """Of TensorFlow, or one of Keras that is symbolic while a network is built."""
else:  # TensorFlow takes seconds to import
    Tensor: TypeAlias = Any

Bytes: TypeAlias = npt.NDArray[np.uint8]
"""Pixels, or quantised features."""
Floats: TypeAlias = npt.NDArray[np.floating[Any]]
Integers: TypeAlias = npt.NDArray[np.integer[Any]]
