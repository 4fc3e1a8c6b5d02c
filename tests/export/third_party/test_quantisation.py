import json

import numpy as np
import pytest

tf = pytest.importorskip("tensorflow")

from export.convert import convert_function  # noqa: E402
from export.tflite_file import TFLiteFile  # noqa: E402
from export.third_party import faces, objects  # noqa: E402
from export.third_party.quantisation import FLOATING, Quantisation  # noqa: E402
from photo_interests.models.runtime import open_interpreter  # noqa: E402

KERNEL = np.random.default_rng(0).normal(size=(3, 3, 3, 4)).astype(np.float32)
RANGES = Quantisation({"pixels": (0.0, 255.0), "first": (-2000.0, 2000.0)})


def network(quantisation):
    def serve(pixels):
        image = quantisation.observe("pixels", tf.cast(pixels, tf.float32))
        first = quantisation.observe("first", tf.nn.conv2d(image, KERNEL, 1, "SAME"))
        return {"second": tf.exp(first / 2000)}

    return serve


def converted(quantisation, **settings) -> TFLiteFile:
    pixels = tf.TensorSpec((1, 8, 8, 3), tf.uint8, "pixels")
    return convert_function(network(quantisation), pixels, "network", **settings)


def test_what_has_ranges_is_int8_and_the_rest_floating(tmp_path):
    model = converted(RANGES, fake_quantised=True)
    types = {
        int(tensor.type)
        for tensor in model.model.subgraphs[0].tensors
        if tensor.shape is not None and list(tensor.shape) == [1, 8, 8, 4]
    }
    from ai_edge_litert.schema_py_generated import TensorType

    assert types == {TensorType.INT8, TensorType.FLOAT32}
    path = tmp_path / "network.tflite"
    path.write_bytes(model.content)
    pixels = np.random.default_rng(1).integers(0, 256, (1, 8, 8, 3)).astype(np.uint8)
    run = open_interpreter(path).get_signature_runner()
    expected = network(FLOATING)(tf.constant(pixels))["second"].numpy()
    received = run(pixels=pixels)["second"]
    assert 0 < np.abs(np.log(received) - np.log(expected)).max() < 0.02


def test_conversion_gives_the_same_bytes_again():
    first, second = (converted(RANGES, fake_quantised=True) for _ in range(2))
    assert first.content == second.content


def test_numbers_are_read_as_written(tmp_path):
    path = tmp_path / "int8.json"
    written = Quantisation({"a": (-1.5, 2.0)}, {"b": (0.25, -0.125)})
    written.write(path)
    assert Quantisation.read(path) == written


def test_range_without_zero_is_refused(tmp_path):
    path = tmp_path / "int8.json"
    path.write_text(json.dumps({"ranges": {"a": [1.0, 2.0]}, "shifts": {}}), "utf-8")
    with pytest.raises(ValueError, match="expected a range of a around zero"):
        Quantisation.read(path)


@pytest.mark.parametrize("module", [faces, objects])
def test_committed_ranges_are_those_of_most_layers(module):
    assert len(Quantisation.read(module.INT8).ranges) > 30
