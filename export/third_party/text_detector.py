"""PP-OCRv3's detector of text as the fewest operations that give the same numbers.

What int8 kernels are slow at is written in another way: normalisation is in the first
kernel, enlargement of maps is a rearrangement of channels, and so are the two
deconvolutions, which are matrix products of single pixels.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from export.convert import convert_function
from export.third_party import onnx_graph
from export.third_party.onnx_operators import Tensor
from export.third_party.text_calibration import pictures

SIDE = 640
"""Of the square that the model is converted for; it takes smaller sides, too."""
MEAN = (255 * 0.406, 255 * 0.456, 255 * 0.485)
"""Of red, green and blue: ImageNet's, applied to blue, green and red as in training."""
DEVIATION = (255 * 0.225, 255 * 0.224, 255 * 0.229)
MIDDLE = 116
"""Grey that the first kernel sees as 0, also around the picture: nearly `MEAN`."""
TRUNK = "batch_norm_47.tmp_4"
"""The last map of a quarter of the picture's sides; two deconvolutions follow."""
CHANNELS = 24
STEP = 4
EPSILON = 1e-5


def write_detector(source: Path, path: Path, background: tuple[int, int, int]) -> None:
    """Convert the detector to int8.

    Args:
        source: The ONNX file.
        path: File to write.
        background: RGB bytes of what a picture does not cover.
    """
    detect = load_detector(source)

    def serve(pixels: Any) -> dict[str, Any]:
        return {"probability": detect(pixels)}

    def examples() -> Iterator[list[Any]]:
        for (pixels,) in pictures(SIDE, background):
            pixels[:, -1, -2:] = (0,), (255,)  # so that all bytes are in range
            yield [pixels.astype(np.float32) - MIDDLE]

    given = tf.TensorSpec((1, SIDE, SIDE, 3), tf.float32, "pixels")
    model = convert_function(serve, given, path.name, examples, input_zero_point=MIDDLE)
    path.write_bytes(model.content)


def load_detector(source: Path) -> Any:
    """Return the detector as a function.

    Args:
        source: The ONNX file.

    Returns:
        Takes RGB bytes minus `MIDDLE`, float `(1, height, width, 3)`, and gives the
        probability of each pixel to be in the middle of a line, `(1, height, width,
        1)`.
    """
    import onnx

    constants = onnx_graph.read_constants(onnx.load(str(source)).graph)
    network = onnx_graph.load(
        source,
        outputs=[TRUNK],
        reverse_channels=True,
        replaced=without_normalisation(constants),
        operators={"Resize": enlarge},
    )
    first, first_bias = first_deconvolution(constants)
    second, second_bias = second_deconvolution(constants)

    def detect(images: Any) -> Any:
        (features,) = network(images)
        hidden = tf.nn.relu(tf.nn.conv2d(features, first, 1, "VALID") + first_bias)
        logits = tf.nn.conv2d(hidden, second, 1, "VALID") + second_bias
        return tf.nn.depth_to_space(tf.sigmoid(logits), STEP)

    return detect


def without_normalisation(constants: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Put (pixels - mean) / deviation into the first kernel and what follows it."""
    mean, deviation = (
        np.array(one[::-1]).reshape(1, 3, 1, 1) for one in (MEAN, DEVIATION)
    )  # the kernel takes blue, green, red
    kernel = constants["conv2d_0.w_0"] / deviation
    shift = (kernel * (MIDDLE - mean)).sum((1, 2, 3))
    return {
        "conv2d_0.w_0": kernel.astype(np.float32),
        "batch_norm_0.w_1": (constants["batch_norm_0.w_1"] - shift).astype(np.float32),
    }


def first_deconvolution(
    constants: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Kernel `(1, 1, 24, 96)`, and bias, that give four pixels as channels."""
    scale, shift, mean, variance = (
        constants[f"batch_norm_48.{name}"] for name in ("w_0", "b_0", "w_1", "w_2")
    )
    factor = scale / np.sqrt(variance + EPSILON)
    kernel = constants["conv2d_transpose_0.w_0"].transpose(0, 2, 3, 1) * factor
    bias = (constants["conv2d_transpose_0.b_0"].ravel() - mean) * factor + shift
    return kernel.reshape(1, 1, CHANNELS, -1), np.tile(bias, 4)


def second_deconvolution(
    constants: dict[str, np.ndarray],
) -> tuple[np.ndarray, np.ndarray]:
    """Kernel `(1, 1, 96, 16)`, and bias, from four pixels to sixteen."""
    kernel = constants["conv2d_transpose_1.w_0"][:, 0]
    result = np.zeros((2, 2, CHANNELS, 2, 2, 2, 2), np.float32)
    for row in range(2):
        for column in range(2):
            # Row of the larger pixel, then within it; the same for columns.
            result[row, column, :, row, :, column, :] = kernel
    bias = constants["conv2d_transpose_1.b_0"].ravel()
    return result.reshape(1, 1, 4 * CHANNELS, STEP**2), np.tile(bias, STEP**2)


def enlarge(given: list[Tensor], attributes: Any) -> Tensor:
    """Repeat each pixel by a power of two, as channels that are rearranged."""
    image = given[0].value
    scale = int(given[-1].value.ravel()[-1])
    while scale > 1:
        image = tf.nn.depth_to_space(tf.concat([image] * 4, 3), 2)
        scale //= 2
    return Tensor(image, True)
