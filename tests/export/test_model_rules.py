import keras
import pytest
import tensorflow as tf

from export.convert import convert, saved_model
from export.model_rules import (
    check_builtin,
    check_runtime,
    check_size,
    check_stateless,
    version_key,
)
from export.tflite_file import TFLiteFile


def dense_with_spec():
    layer = keras.layers.Dense(64)
    layer.build((None, 256))
    return layer, tf.TensorSpec([None, 256], tf.float32, name="x")


def test_refuses_variables():
    class Counter(tf.Module):
        def __init__(self):
            super().__init__()
            self.weight = tf.Variable(tf.ones([4]))

        @tf.function(input_signature=[tf.TensorSpec([4], tf.float32)])
        def add(self, x):
            self.weight.assign_add(x)
            return self.weight.read_value()

    counter = Counter()
    converter = tf.lite.TFLiteConverter.from_concrete_functions(
        [counter.add.get_concrete_function()], counter
    )
    converter.experimental_enable_resource_variables = True
    model = TFLiteFile(converter.convert(), "counter.tflite")
    with pytest.raises(ValueError, match=r"counter.tflite: .*VAR_HANDLE"):
        check_stateless(model)


def test_refuses_operators_that_plain_runtimes_lack():
    function = tf.function(
        lambda x: tf.raw_ops.Betainc(a=x, b=x, x=x),
        input_signature=[tf.TensorSpec([2], tf.float32)],
    )
    converter = tf.lite.TFLiteConverter.from_concrete_functions(
        [function.get_concrete_function()]
    )
    converter.allow_custom_ops = True
    with pytest.raises(ValueError, match="builtin operators only, .*Betainc"):
        check_builtin(TFLiteFile(converter.convert(), "custom.tflite"))


def test_refuses_kernels_newer_than_the_application():
    """Per-channel dynamic range needs 2.17: the trap this check is for."""

    def plain_dynamic_range(converter):
        converter.optimizations = [tf.lite.Optimize.DEFAULT]

    layer, spec = dense_with_spec()
    with saved_model(layer, {"run": (lambda x: {"y": layer(x)}, [spec])}) as folder:
        with pytest.raises(
            ValueError,
            match=r"new.tflite: .* at most 2.16.1, received 2.17.0; .*"
            r"FULLY_CONNECTED v12",
        ):
            convert(folder, ["run"], "new.tflite", plain_dynamic_range)


def test_names_what_an_old_runtime_lacks(extractor_files):
    with pytest.raises(
        ValueError,
        match=r"extractor.tflite: .* at most 1.9.0, received 1.14.0; .*CONV_2D v3",
    ):
        check_runtime(extractor_files[0], application="1.9.0")


def test_an_operator_version_is_refused_whatever_the_file_claims(extractor_files):
    model = TFLiteFile(extractor_files[0].content, "claims.tflite")
    model.operators["FULLY_CONNECTED"] = 10
    with pytest.raises(ValueError, match="FULLY_CONNECTED of version 9 or lower"):
        check_runtime(model)


@pytest.mark.parametrize("factor", [0.5, 0.94, 1.1, 3.0])
def test_refuses_sizes_that_weights_do_not_explain(extractor_files, factor):
    model = extractor_files[0]
    check_size(model, len(model.content))
    with pytest.raises(ValueError, match="bytes for weights of"):
        check_size(model, int(len(model.content) / factor))


def test_versions_are_numbers():
    assert version_key("2.9.0") < version_key("2.16.1")


def test_not_a_tflite_file():
    with pytest.raises(ValueError, match="x.tflite: expected the TFLite identifier"):
        TFLiteFile(b"nothing of the kind", "x.tflite")


def test_a_file_without_minimum_runtime(extractor_files):
    model = TFLiteFile(extractor_files[0].content, "x.tflite")
    model.model.metadata = []
    with pytest.raises(ValueError, match="x.tflite: expected a minimum runtime"):
        _ = model.minimum_runtime
